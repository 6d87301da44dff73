package faultproof

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tonghop/internal/xlsx"
)

// The workbooks of the examples are put together part by part rather than by the
// writer of package xlsx, which rightly refuses most of what they are to show.

// workbook makes the workbook that the sections "sheet NAME" and "part PATH"
// describe; a part takes the place of the one that would be there.
func (e *example) workbook(t *testing.T) []byte {
	t.Helper()
	b := &bookParts{parts: map[string]string{}}
	bare := false // nothing but the parts given
	for _, f := range e.files {
		kind, name, _ := strings.Cut(f.Name, " ")
		switch kind {
		case "sheet":
			name, hidden := strings.CutSuffix(name, " (veryHidden)")
			body, err := sheetPart(string(f.Data))
			if err != nil {
				t.Fatalf("sheet %s: %v", name, err)
			}
			b.sheet(name, hidden, body)
		case "part":
			if name == "xl/vbaProject.bin" {
				b.arrows = append(b.arrows, arrow("vba", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"))
			}
		case "property":
			b.property(name, strings.TrimSpace(string(f.Data)))
		case "only": // a zip without the frame of a workbook
			bare = true
			b.parts[name] = strings.TrimSuffix(string(f.Data), "\n")
		}
	}
	if !bare {
		b.frame()
	}
	for _, f := range e.files {
		if name, ok := strings.CutPrefix(f.Name, "part "); ok {
			b.parts[name] = string(f.Data)
		}
	}
	return zipped(t, b.parts)
}

// bookParts is a workbook in the making.
type bookParts struct {
	parts      map[string]string
	sheets     []string // elements of the list of sheets
	arrows     []string // relationships of the workbook
	properties []string
}

const (
	schemas = "http://schemas.openxmlformats.org/"
	office  = schemas + "officeDocument/2006/"
	mainNS  = schemas + "spreadsheetml/2006/main"
)

func (b *bookParts) sheet(name string, hidden bool, body string) {
	n := len(b.sheets) + 1
	state := ""
	if hidden {
		state = ` state="veryHidden"`
	}
	b.sheets = append(b.sheets, fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="s%d"%s/>`, escaped(name), n, n, state))
	b.arrows = append(b.arrows, arrow(fmt.Sprintf("s%d", n), office+"relationships/worksheet", fmt.Sprintf("worksheets/sheet%d.xml", n)))
	b.parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", n)] = body
}

func (b *bookParts) property(name, value string) {
	b.properties = append(b.properties, fmt.Sprintf(`<property name="%s" pid="%d"><vt:lpwstr>%s</vt:lpwstr></property>`,
		escaped(name), len(b.properties)+2, escaped(value)))
}

// frame adds the parts that make a workbook of sheets.
func (b *bookParts) frame() {
	root := arrow("r1", office+"relationships/officeDocument", "xl/workbook.xml")
	if len(b.properties) > 0 {
		root += arrow("r2", office+"relationships/custom-properties", "docProps/custom.xml")
		b.parts["docProps/custom.xml"] = fmt.Sprintf(`<Properties xmlns="%scustom-properties" xmlns:vt="%sdocPropsVTypes">%s</Properties>`,
			office, office, strings.Join(b.properties, ""))
	}
	b.arrows = append(b.arrows, arrow("st", office+"relationships/styles", "styles.xml"))
	b.parts["[Content_Types].xml"] = `<Types xmlns="` + schemas + `package/2006/content-types"/>`
	b.parts["_rels/.rels"] = arrows(root)
	b.parts["xl/_rels/workbook.xml.rels"] = arrows(b.arrows...)
	b.parts["xl/workbook.xml"] = fmt.Sprintf(`<workbook xmlns="%s" xmlns:r="%srelationships"><sheets>%s</sheets></workbook>`,
		mainNS, office, strings.Join(b.sheets, ""))
	b.parts["xl/styles.xml"] = `<styleSheet xmlns="` + mainNS + `"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs></styleSheet>`
}

func arrow(id, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="%s" Type="%s" Target="%s"/>`, id, kind, target)
}

func arrows(all ...string) string {
	return `<Relationships xmlns="` + schemas + `package/2006/relationships">` + strings.Join(all, "") + `</Relationships>`
}

// sheetPart writes the rows of a sheet: one a line, its number before a colon,
// cells parted by bars. "merge A1:C1" and "hide row 3" stand on lines of their
// own.
func sheetPart(text string) (string, error) {
	rows := map[int]string{}
	hidden := map[int]bool{}
	var merges []string
	row := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if area, ok := strings.CutPrefix(line, "merge "); ok {
			merges = append(merges, `<mergeCell ref="`+area+`"/>`)
			continue
		}
		if number, ok := strings.CutPrefix(line, "hide row "); ok {
			n, err := strconv.Atoi(number)
			if err != nil {
				return "", err
			}
			hidden[n] = true
			continue
		}
		row++
		if head, rest, ok := strings.Cut(line, ": "); ok {
			if n, err := strconv.Atoi(head); err == nil {
				row, line = n, rest
			}
		}
		cells, err := rowCells(row, line)
		if err != nil {
			return "", fmt.Errorf("row %d: %w", row, err)
		}
		rows[row] = cells
	}
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + mainNS + `"><sheetData>`)
	for _, n := range slices.Sorted(maps.Keys(rows)) {
		attr := ""
		if hidden[n] {
			attr = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d"%s>%s</row>`, n, attr, rows[n])
	}
	b.WriteString(`</sheetData>`)
	if len(merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">%s</mergeCells>`, len(merges), strings.Join(merges, ""))
	}
	b.WriteString(`</worksheet>`)
	return b.String(), nil
}

func rowCells(row int, line string) (string, error) {
	var b strings.Builder
	for i, text := range strings.Split(line, "|") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		c, err := cellPart(xlsx.Ref(row, i+1), text)
		if err != nil {
			return "", err
		}
		b.WriteString(c)
	}
	return b.String(), nil
}

// cellPart writes one cell; README.md says how archives write them.
func cellPart(ref, text string) (string, error) {
	number := func(style int, digits string) string {
		return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, ref, style, escaped(digits))
	}
	switch {
	case strings.HasPrefix(text, "{"):
		return richPart(ref, text), nil
	case strings.HasPrefix(text, `"`):
		plain, err := strconv.Unquote(text)
		return textPart(ref, plain), err
	case strings.HasPrefix(text, "#"):
		return number(0, text[1:]), nil
	case strings.HasPrefix(text, "%"):
		return number(1, text[1:]), nil
	case strings.HasPrefix(text, "d:"):
		day, err := time.Parse(time.DateOnly, text[2:])
		serial := day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
		return number(2, strconv.Itoa(int(serial))), err
	case strings.HasPrefix(text, "?"):
		return fmt.Sprintf(`<c r="%s" t="b"><v>%s</v></c>`, ref, escaped(text[1:])), nil
	case strings.HasPrefix(text, "!"):
		return fmt.Sprintf(`<c r="%s" t="e"><v>%s</v></c>`, ref, escaped(text[1:])), nil
	case strings.HasPrefix(text, "="):
		formula, value, cached := strings.Cut(text[1:], " => ")
		if cached {
			value = "<v>" + escaped(value) + "</v>"
		}
		return fmt.Sprintf(`<c r="%s"><f>%s</f>%s</c>`, ref, escaped(formula), value), nil
	}
	return textPart(ref, text), nil
}

func textPart(ref, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, escaped(text))
}

// richPart writes a text whose pieces name their fonts: "{.VnTimeH}ø{.VnTime}ng".
func richPart(ref, text string) string {
	var b strings.Builder
	for _, piece := range strings.Split(text, "{")[1:] {
		font, words, _ := strings.Cut(piece, "}")
		fmt.Fprintf(&b, `<r><rPr><rFont val="%s"/></rPr><t xml:space="preserve">%s</t></r>`, escaped(font), escaped(words))
	}
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is>%s</is></c>`, ref, b.String())
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

// zipped packs parts, in the order of their names.
func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"tonghop/internal/xlsx"
)

// cmdSaveAs writes a workbook anew as an OpenDocument spreadsheet, as a clerk
// does who has no Excel: cells, merged areas, what is hidden, and the properties
// in which our templates carry their marks.
func cmdSaveAs(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2 && strings.HasSuffix(args[1], ".ods"), "saveas FILE.xlsx FILE.ods")
	body := []byte(ts.ReadFile(args[0]))
	book, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
	ts.Check(err)
	props, err := book.CustomProps()
	ts.Check(err)
	var sheets strings.Builder
	for _, s := range book.Sheets {
		g, err := book.Grid(s.Index)
		ts.Check(err)
		odsTable(&sheets, s, g)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), odsFile(ts, sheets.String(), props), 0o644))
}

// odsFile packs sheets and properties.
func odsFile(ts *testscript.TestScript, sheets string, props map[string]string) []byte {
	const media = "application/vnd.oasis.opendocument.spreadsheet"
	space := func(prefix, name string) string {
		return ` xmlns:` + prefix + `="urn:oasis:names:tc:opendocument:xmlns:` + name + `:1.0"`
	}
	spaces := space("office", "office") + space("table", "table") + space("text", "text") + space("style", "style") + space("meta", "meta")
	var meta strings.Builder
	for _, name := range slices.Sorted(maps.Keys(props)) {
		fmt.Fprintf(&meta, `<meta:user-defined meta:name="%s">%s</meta:user-defined>`, escaped(name), escaped(props[name]))
	}
	parts := [][2]string{
		{"mimetype", media},
		{"META-INF/manifest.xml", `<m:manifest` + space("m", "manifest") + `><m:file-entry m:full-path="/" m:media-type="` + media + `"/></m:manifest>`},
		{"meta.xml", `<office:document-meta` + spaces + `><office:meta>` + meta.String() + `</office:meta></office:document-meta>`},
		{"content.xml", `<office:document-content` + spaces + `><office:automatic-styles><style:style style:name="hidden" style:family="table">` +
			`<style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>` +
			sheets + `</office:spreadsheet></office:body></office:document-content>`},
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range parts {
		f, err := w.Create(part[0])
		ts.Check(err)
		_, err = f.Write([]byte(part[1]))
		ts.Check(err)
	}
	ts.Check(w.Close())
	return out.Bytes()
}

// odsTable writes one sheet, every row and column of it up to the last cell.
func odsTable(w *strings.Builder, s xlsx.SheetInfo, g *xlsx.Grid) {
	style := ""
	if s.State != xlsx.Visible {
		style = ` table:style-name="hidden"`
	}
	fmt.Fprintf(w, `<table:table table:name="%s"%s>`, escaped(s.Name), style)
	collapsed := map[bool]string{true: ` table:visibility="collapse"`}
	for col := 1; col <= g.MaxCol; col++ {
		fmt.Fprintf(w, `<table:table-column%s/>`, collapsed[g.ColHidden(col)])
	}
	merged := map[string]string{}
	for _, m := range g.Merges {
		merged[xlsx.Ref(m.FirstRow, m.FirstCol)] = fmt.Sprintf(` table:number-columns-spanned="%d" table:number-rows-spanned="%d"`, m.LastCol-m.FirstCol+1, m.LastRow-m.FirstRow+1)
	}
	for row := 1; row <= g.MaxRow; row++ {
		fmt.Fprintf(w, `<table:table-row%s>`, collapsed[g.RowHidden(row)])
		for col := 1; col <= g.MaxCol; col++ {
			value, inside := odsValue(g.At(row, col))
			fmt.Fprintf(w, `<table:table-cell%s%s>%s</table:table-cell>`, merged[xlsx.Ref(row, col)], value, inside)
		}
		w.WriteString(`</table:table-row>`)
	}
	w.WriteString(`</table:table>`)
}

// odsValue writes the value of a cell as attributes and text.
func odsValue(c *xlsx.Cell) (attributes, inside string) {
	if c == nil {
		return "", ""
	}
	if c.HasFormula {
		attributes = ` table:formula="of:=` + escaped(c.Formula) + `"`
	}
	text := `<text:p>` + strings.ReplaceAll(escaped(c.Text), "&#xA;", `</text:p><text:p>`) + `</text:p>`
	switch c.Type {
	case xlsx.Number, xlsx.Date:
		return attributes + ` office:value-type="float" office:value="` + c.Text + `"`, text
	case xlsx.Bool:
		return attributes + ` office:value-type="boolean" office:boolean-value="` + map[string]string{"0": "false", "1": "true"}[c.Text] + `"`, text
	case xlsx.String:
		return attributes + ` office:value-type="string"`, text
	}
	return attributes, ""
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

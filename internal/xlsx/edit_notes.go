package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// hung says what became of the notes of a sheet: the relation to a drawing of
// theirs, "" where the sheet has one already.
type hung struct{ drawing string }

// A note is a text in one part and a shape in another, each with a relation of its
// own from the sheet.
const (
	kindComments = "comments"
	kindVML      = "vmlDrawing"
)

// hangNotes writes the notes of a sheet beside those it has. Texts and shapes that
// are there stay to the byte.
func (e *edit) hangNotes(sheet *sheetEntry, cells []Annotated) (hung, error) {
	var out hung
	arrows, err := e.relationsOf(sheet.part.name)
	if err != nil {
		return out, err
	}
	texts, shapes := find(arrows, kindComments), find(arrows, kindVML)
	taken := map[string]bool{}
	if texts != "" {
		if taken, err = e.notedCells(texts); err != nil {
			return out, err
		}
	}
	var fresh []Annotated
	for _, c := range cells {
		ref := Ref(c.Area.FirstRow, c.Area.FirstCol)
		if c.Note == "" || taken[ref] || len(fresh) == maxNotes {
			continue
		}
		taken[ref] = true
		fresh = append(fresh, c)
	}
	if len(fresh) == 0 {
		return out, nil
	}
	own := fmt.Sprintf("%stonghop/sheet%d", e.dir, sheet.Index+1)
	if texts == "" {
		texts = own + "-notes.xml"
		if err := e.addPart(sheet, texts, kindComments, contentComments, emptyNotes); err != nil {
			return out, err
		}
	}
	if err := e.addTexts(texts, fresh); err != nil {
		return out, err
	}
	if shapes == "" {
		shapes = own + "-notes.vml"
		e.put(shapes, []byte(emptyShapes))
		if err := e.declareType(shapes, contentVML); err != nil {
			return out, err
		}
		if out.drawing, err = e.relate(sheet.part.name, kindVML, shapes); err != nil {
			return out, err
		}
	}
	return out, e.addShapes(shapes, fresh)
}

// addPart adds a part to which a sheet leads.
func (e *edit) addPart(sheet *sheetEntry, name, kind, media, content string) error {
	e.put(name, []byte(content))
	if err := e.declareType(name, media); err != nil {
		return err
	}
	_, err := e.relate(sheet.part.name, kind, name)
	return err
}

// emptyNotes and emptyShapes are the parts of notes without any.
const (
	emptyNotes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>`
	emptyShapes = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>` + shapeType + `</xml>`
	shapeType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
		`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
)

// noteAuthor is who our notes are by.
const noteAuthor = "tonghop"

// notedCells gives the cells that have a note.
func (e *edit) notedCells(part string) (map[string]bool, error) {
	out := map[string]bool{}
	err := e.eachNote(part, func(_ []byte, _ element, ref string) { out[ref] = true })
	return out, err
}

// eachNote calls fn with every note of a part.
func (e *edit) eachNote(part string, fn func(b []byte, note element, ref string)) error {
	return e.change(part, func(b []byte, root element, in []element) ([]splice, error) {
		list, ok := childNamed(in, "commentList")
		if !ok || root.local != "comments" || !strictXML(b) {
			return nil, errMarkup
		}
		each, err := children(b, list)
		for _, n := range each {
			ref, _ := attrOf(b, n, "ref")
			fn(b, n, strings.ToUpper(ref))
		}
		return nil, err
	})
}

// addTexts appends notes to a part of texts.
func (e *edit) addTexts(part string, cells []Annotated) error {
	return e.change(part, func(b []byte, root element, in []element) ([]splice, error) {
		authors, ok := childNamed(in, "authors")
		list, found := childNamed(in, "commentList")
		if !ok || !found {
			return nil, errMarkup
		}
		each, err := children(b, authors)
		if err != nil {
			return nil, err
		}
		author := len(each)
		for i, a := range each {
			if string(b[a.tag:a.inner]) == noteAuthor {
				author = i
			}
		}
		var changes []splice
		if author == len(each) {
			changes = append(changes, appendInto(b, authors, prefixed("<author>"+noteAuthor+"</author>", root.prefix())))
		}
		var markup []byte
		for _, c := range cells {
			markup = appendNote(markup, c, author)
		}
		return append(changes, appendInto(b, list, prefixed(string(markup), root.prefix()))), nil
	})
}

// appendNote spells a note: its first line in bold.
func appendNote(dst []byte, c Annotated, author int) []byte {
	const looks = `<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>`
	head, rest, more := strings.Cut(c.Note, "\n")
	dst = fmt.Appendf(dst, `<comment ref="%s" authorId="%d"><text><r><rPr><b/>%s`, Ref(c.Area.FirstRow, c.Area.FirstCol), author, looks)
	dst = append(appendT(dst, noteMark+head), "</r>"...)
	if more {
		dst = append(dst, "<r><rPr>"+looks...)
		dst = append(appendT(dst, "\n"+rest), "</r>"...)
	}
	return append(dst, "</text></comment>"...)
}

// shapeNumber is how a shape is called where programs count shapes.
var shapeNumber = regexp.MustCompile(`_x0000_s(\d{1,9})\b`)

// addShapes appends the shapes of notes to a part of drawings. It is not always
// XML, since programs have written worse, so it is not read as such.
func (e *edit) addShapes(part string, cells []Annotated) error {
	b, err := e.part(part)
	if err != nil {
		return err
	}
	end := bytes.LastIndex(b, []byte("</xml>"))
	if _, ok := shapesIn(b); !ok || end < 0 || bytes.IndexByte(b[:min(len(b), 64)], 0) >= 0 || !bytes.Contains(b[:min(len(b), 4096)], []byte(`xmlns:x="urn:schemas-microsoft-com:office:excel"`)) {
		return &HarmError{Reason: HarmMarkup, Part: part}
	}
	number := 1024
	for _, m := range shapeNumber.FindAllSubmatch(b, -1) {
		n, _ := strconv.Atoi(string(m[1])) // digits, and few of them
		number = max(number, n)
	}
	var markup []byte
	if !bytes.Contains(b, []byte(`id="_x0000_t202"`)) {
		markup = append(markup, shapeType...)
	}
	for i, c := range cells {
		markup = appendShape(markup, c, number+1+i)
	}
	e.put(part, apply(b, []splice{{end, end, string(markup)}}))
	return nil
}

// appendShape draws the box of a note to the right of its cell, as tall as its text.
func appendShape(dst []byte, c Annotated, number int) []byte {
	const perLine, wide = 52, 5 // characters on a line of a box that is so many columns wide
	lines := 1
	for line := range strings.SplitSeq(noteMark+c.Note, "\n") {
		lines += 1 + utf8.RuneCountInString(line)/perLine
	}
	row, col := c.Area.FirstRow-1, c.Area.FirstCol-1
	top := max(row-1, 0)
	return fmt.Appendf(dst, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style='position:absolute;margin-left:80pt;margin-top:2pt;width:260pt;height:%dpt;z-index:1;visibility:hidden' fillcolor="#ffffe1" o:insetmode="auto">`+
		`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 15, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
		number, 12*lines, min(col+1, MaxCols-1), top, min(col+1+wide, MaxCols-1), min(top+max(4, (lines*12+14)/15), MaxRows-1), row, col)
}

// strictXML reports whether a part is XML as the standard has it. Our readers forgive
// more; what they forgive once may be read otherwise with our markup in it.
func strictXML(b []byte) bool {
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// takeNotes takes our notes out of a sheet, and gives the relation to the drawing
// where that is gone with them.
func (e *edit) takeNotes(sheet *sheetEntry) (drawing string, err error) {
	arrows, err := e.relationsOf(sheet.part.name)
	if err != nil {
		return "", err
	}
	texts, shapes := find(arrows, kindComments), find(arrows, kindVML)
	if texts == "" || !e.has(texts) {
		return "", nil
	}
	alone := false
	ours, others, err := e.takeTexts(texts)
	if err != nil || len(ours) == 0 {
		return "", err
	}
	if shapes != "" && e.has(shapes) {
		left, err := e.takeShapes(shapes, ours)
		if err != nil {
			return "", err
		}
		alone = left == 0
	}
	folder := partKey(e.dir + "tonghop/")
	if others == 0 && strings.HasPrefix(partKey(texts), folder) {
		if err := e.remove(sheet.part.name, texts); err != nil {
			return "", err
		}
	}
	if alone && strings.HasPrefix(partKey(shapes), folder) { // made for our notes alone
		for _, r := range arrows {
			if partKey(r.target) == partKey(shapes) {
				drawing = r.id
			}
		}
		err = e.remove(sheet.part.name, shapes)
	}
	return drawing, err
}

// remove takes a part out that one other leads to.
func (e *edit) remove(from, part string) error {
	if err := e.unrelate(from, part); err != nil {
		return err
	}
	return e.forget(part)
}

// takeTexts takes the texts of our notes out and gives their cells, and how many
// other notes there are.
func (e *edit) takeTexts(part string) (ours map[string]bool, others int, err error) {
	ours = map[string]bool{}
	err = e.change(part, func(b []byte, _ element, in []element) ([]splice, error) {
		list, ok := childNamed(in, "commentList")
		if !ok {
			return nil, errMarkup
		}
		each, err := children(b, list)
		var changes []splice
		for _, n := range each {
			if !strings.HasPrefix(strings.TrimSpace(textOf(b, n)), strings.TrimSpace(noteMark)) {
				others++
				continue
			}
			ref, _ := attrOf(b, n, "ref")
			ours[strings.ToUpper(ref)] = true
			changes = append(changes, splice{n.from, n.to, ""})
		}
		return changes, err
	})
	return ours, others, err
}

// textOf gives the text of a note.
func textOf(b []byte, note element) string {
	var out strings.Builder
	for i := note.tag; i < note.inner; {
		at, err := nextTag(b[:note.inner], i)
		if err != nil || at == note.inner {
			break
		}
		if b[at+1] == '/' {
			i = at + 2
			continue
		}
		name, end, empty, err := tagAt(b, at)
		if err != nil {
			break
		}
		i = end
		if _, local := splitName([]byte(name)); string(local) == "t" && !empty {
			n := bytes.IndexByte(b[end:], '<')
			out.WriteString(html.UnescapeString(string(b[end : end+max(n, 0)])))
		}
	}
	return out.String()
}

// The place of the cell in the shape of a note.
var (
	shapeRow = regexp.MustCompile(`<x:Row>\s*(\d{1,7})\s*</x:Row>`)
	shapeCol = regexp.MustCompile(`<x:Column>\s*(\d{1,5})\s*</x:Column>`)
)

// takeShapes takes the shapes of notes out that hang on the cells named, and says how
// many other shapes are left.
func (e *edit) takeShapes(part string, cells map[string]bool) (left int, err error) {
	b, err := e.part(part)
	if err != nil {
		return 0, err
	}
	shapes, ok := shapesIn(b)
	if !ok {
		return 0, &HarmError{Reason: HarmMarkup, Part: part}
	}
	var changes []splice
	for _, at := range shapes {
		shape := b[at.from:at.to]
		row, col := shapeRow.FindSubmatch(shape), shapeCol.FindSubmatch(shape)
		if row == nil || col == nil || !bytes.Contains(shape, []byte(`"Note"`)) {
			continue
		}
		r, _ := strconv.Atoi(string(row[1])) // digits, and few of them
		c, _ := strconv.Atoi(string(col[1]))
		if cells[Ref(r+1, c+1)] {
			changes = append(changes, at)
		}
	}
	if len(changes) > 0 {
		e.put(part, apply(b, changes))
	}
	return len(shapes) - len(changes), nil
}

// shapesIn finds the shapes in a part of drawings, as the splices that take them out.
// Not ok is one that is still open where the next begins: it would swallow what is
// written after it.
func shapesIn(b []byte) (shapes []splice, ok bool) {
	const open, shut = "<v:shape ", "</v:shape>"
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte(open))
		if i < 0 {
			return shapes, true
		}
		i += at
		n := bytes.Index(b[i:], []byte(shut))
		if n < 0 || bytes.Contains(b[i+len(open):i+n], []byte(open)) {
			return nil, false
		}
		at = i + n + len(shut)
		shapes = append(shapes, splice{i, at, ""})
	}
}

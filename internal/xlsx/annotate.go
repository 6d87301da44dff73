package xlsx

import (
	"bytes"
	"fmt"
)

// Annotation is what is put into a workbook of somebody else's: a sheet before
// all others that lists what is said of its cells, and colours and notes on the
// cells themselves.
type Annotation struct {
	// List is a workbook whose only sheet becomes the first. Its cell A1 holds
	// [ListMark], by which it is known when it comes back.
	List  *Book
	Fills []string // colours "RRGGBB"; of two on one cell the earlier holds
	Cells []Annotated
}

// Annotated is something said of cells.
type Annotated struct {
	Sheet string // name of a worksheet
	Area  Range
	Fill  int // index into [Annotation.Fills]
	// Note is shown when the pointer rests on the first cell of the area; "" for
	// none. A cell that has a note of its own keeps that and gets none of ours.
	Note string
}

// ListMark stands in cell A1 of our sheet in a workbook of somebody else's. Its
// row and its column are hidden. Beside the number of its layout nothing is to
// be read from it.
const ListMark = "tonghop:list:1"

// AnswerMark stands in row 1 of our sheet over the column of answers.
const AnswerMark = "tonghop:answer"

// noteMark begins every note of ours: office programs keep the text of a note
// when they save a workbook, and not always its author.
const noteMark = "tonghop · "

// maxNotes is how many notes one sheet gets, the first ones. Each is a shape, and
// spreadsheets with thousands of them open slowly; the list has all.
const maxNotes = 1000

// Harm is why a workbook cannot be annotated without taking something from it.
type Harm string

// The reasons. They are codes; words for people are chosen elsewhere.
const (
	HarmFormat    Harm = "format"    // it is no Office Open XML: an older workbook, a text
	HarmMacros    Harm = "macros"    // it carries macros, and macros may count sheets
	HarmSignature Harm = "signature" // it is signed, and any change breaks the signature
	HarmShared    Harm = "shared"    // it keeps a history of changes that ours would not be in
	HarmLarge     Harm = "large"     // a part of it is larger than is held in memory
	HarmMarkup    Harm = "markup"    // a part of it is written in a way that we do not edit
)

// HarmError is the refusal to annotate a workbook that can well be read.
type HarmError struct {
	Reason Harm
	Part   string // the part concerned, "" where it is the whole
}

// Error names reason and part.
func (e *HarmError) Error() string {
	text := "xlsx: cannot be annotated without harm: " + string(e.Reason)
	if e.Part != "" {
		text += ", " + e.Part
	}
	return text
}

// Annotate gives the workbook with the annotation in it, in place of any that it
// carries already. Nothing else changes: cells, styles, formulas, widths and
// every part that the annotation has no need of stay as they are, byte for byte
// (docs/adr/0025). The same workbook and annotation give the same bytes, and an
// annotated workbook with the same annotation gives itself.
//
// Errors: *[Error] where the workbook cannot be read, *[HarmError] where it can
// and is better left alone.
func Annotate(body []byte, a Annotation, lim Limits) ([]byte, error) {
	clean, err := Unannotate(body, lim)
	if err != nil {
		return nil, err
	}
	e, err := openEdit(clean, lim)
	if err != nil {
		return nil, err
	}
	list, err := a.listParts()
	if err != nil {
		return nil, err
	}
	colours, err := e.addStyles(list, a.Fills)
	if err != nil {
		return nil, err
	}
	if err := e.annotateSheets(a, colours); err != nil {
		return nil, err
	}
	if err := e.insertList(a.List.sheets[0], list, colours.first); err != nil {
		return nil, err
	}
	return e.bytes()
}

// Unannotate takes the annotation out of a workbook again, also when an office
// program has saved it since. One that carries none is given back as it is.
func Unannotate(body []byte, lim Limits) ([]byte, error) {
	e, err := openEdit(body, lim)
	if err != nil {
		return nil, err
	}
	if err := e.clearSheets(); err != nil {
		return nil, err
	}
	if err := e.removeLists(); err != nil {
		return nil, err
	}
	if e.untouched() {
		return body, nil
	}
	return e.bytes()
}

// listParts are the sheet of the list and the styles of its cells, as a workbook
// of its own has them.
type listParts struct {
	sheet, styles []byte
}

func (a *Annotation) listParts() (*listParts, error) {
	if a.List == nil || len(a.List.sheets) != 1 {
		return nil, fmt.Errorf("xlsx: an annotation needs a list of one sheet")
	}
	for _, s := range a.List.sheets {
		s.Done(MaxRows)
	}
	if err := a.List.check(); err != nil {
		return nil, err
	}
	for _, fill := range a.Fills {
		if !isColor(fill) {
			return nil, fmt.Errorf("xlsx: fill %q is not a colour RRGGBB", fill)
		}
	}
	for _, c := range a.Cells {
		if err := c.check(len(a.Fills)); err != nil {
			return nil, fmt.Errorf("xlsx: annotation of %s!%s: %w", c.Sheet, c.Area, err)
		}
	}
	parts, err := a.List.parts()
	if err != nil {
		return nil, err
	}
	var out listParts
	if out.sheet, err = parts.content("xl/worksheets/sheet1.xml"); err == nil {
		out.styles, err = parts.content("xl/styles.xml")
	}
	return &out, err
}

// content gives a part that was built.
func (s partSet) content(name string) ([]byte, error) {
	part, ok := s[name]
	if !ok {
		return nil, fmt.Errorf("xlsx: part %s is missing", name)
	}
	var b bytes.Buffer
	err := part.writeTo(&b)
	return b.Bytes(), err
}

func (c *Annotated) check(fills int) error {
	if err := checkRange(c.Area); err != nil {
		return err
	}
	if c.Fill < 0 || c.Fill >= fills {
		return fmt.Errorf("fill %d of %d: %w", c.Fill, fills, ErrOutside)
	}
	if !plainText(c.Note) {
		return ErrNotText
	}
	return nil
}

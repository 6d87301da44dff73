package xlsx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ooxml is an Office Open XML workbook: a zip of XML parts that point at one
// another.
type ooxml struct {
	wb        *Workbook
	pkg       *pkg
	sheets    []sheetEntry // side by side with wb.Sheets
	hasStyles bool
	texts     *stringTable
	textsPart *part
	core      *part
	custom    *part
	cells     int // in all sheets read so far
}

// sheetEntry is a sheet and the part that holds it.
type sheetEntry struct {
	SheetInfo
	part  *part
	cells int // the most any reading of it has counted
}

// openOOXML reads the frame of a workbook in a package.
func openOOXML(p *pkg) (*Workbook, error) {
	b := &ooxml{wb: new(Workbook), pkg: p}
	b.wb.back = b
	return b.wb, b.readFrame()
}

// walker gives a reader for a sheet.
func (b *ooxml) walker(sheet int) walker {
	return &sheetReader{book: b, sheet: &b.sheets[sheet]}
}

// readFrame finds the workbook part and what it points at.
func (b *ooxml) readFrame() error {
	p := b.pkg
	arrows, err := p.outset()
	if err != nil {
		return err
	}
	main := find(arrows, "officeDocument")
	if main == "" {
		return &Error{Kind: KindMissingPart, Part: "_rels/.rels", Detail: "no workbook is named"}
	}
	b.core = p.part(find(arrows, "core-properties"))
	b.custom = p.part(find(arrows, "custom-properties", "customProperties"))
	book, err := p.need(main)
	if err != nil {
		return err
	}
	if arrows, err = p.relations(book.name); err != nil {
		return err
	}
	b.wb.HasMacros = slices.ContainsFunc(arrows, isMacro)
	if err := b.readBook(book, arrows); err != nil {
		return err
	}
	return b.readShared(arrows)
}

// isMacro reports whether a relation leads to code.
func isMacro(r relation) bool {
	return strings.EqualFold(r.kind, "vbaProject") || strings.EqualFold(r.kind, "xlMacrosheet") ||
		strings.EqualFold(r.kind, "xlIntlMacrosheet")
}

// readShared reads the styles and finds the table of texts, which is read when
// the first cell asks for it.
func (b *ooxml) readShared(arrows []relation) (err error) {
	if name := find(arrows, "sharedStrings"); name != "" {
		if b.textsPart, err = b.pkg.need(name); err != nil {
			return err
		}
	}
	name := find(arrows, "styles")
	if name == "" {
		return nil
	}
	styles, err := b.pkg.need(name)
	if err != nil {
		return err
	}
	b.wb.styles, err = b.pkg.readStyles(styles)
	b.hasStyles = len(b.wb.styles) > 0
	return err
}

// sharedStrings gives the table of texts.
func (b *ooxml) sharedStrings() (*stringTable, error) {
	if b.texts == nil {
		if b.textsPart == nil {
			return nil, &Error{Kind: KindMissingPart, Part: "xl/sharedStrings.xml", Detail: "a cell needs the shared texts"}
		}
		var err error
		if b.texts, err = b.pkg.readStrings(b.textsPart); err != nil {
			b.texts = nil
			return nil, err
		}
	}
	return b.texts, nil
}

// readBook reads the workbook part.
func (b *ooxml) readBook(book *part, arrows []relation) error {
	x, err := b.pkg.xml(book)
	if err != nil {
		return err
	}
	defer x.close()
	err = x.document("workbook", func() error {
		if !x.own {
			return x.skip()
		}
		switch string(x.local) {
		case "workbookPr":
			b.wb.Date1904 = x.flag("date1904")
		case "sheets":
			return x.children(func() error { return b.readSheet(x, arrows) })
		case "definedNames":
			return x.children(func() error { return b.readName(x) })
		}
		return x.skip()
	})
	if err == nil && len(b.sheets) == 0 {
		err = x.fail(KindDamaged, "no sheets")
	}
	return err
}

// readSheet reads one <sheet>.
func (b *ooxml) readSheet(x *xmlReader, arrows []relation) error {
	if !x.own || string(x.local) != "sheet" {
		return x.skip()
	}
	if len(b.sheets) >= x.lim.Sheets {
		return x.tooLarge("Sheets", fmt.Sprintf("more than %d sheets", x.lim.Sheets))
	}
	sheet := sheetEntry{SheetInfo: SheetInfo{
		Index: len(b.sheets),
		Name:  x.keepEscaped(x.attr("name")),
	}}
	var known bool
	if sheet.State, known = parseVisibility(x.attr("state")); !known {
		return x.fail(KindDamaged, "state of a sheet "+quoteClip(x.attr("state")))
	}
	for _, other := range b.sheets {
		if strings.EqualFold(other.Name, sheet.Name) {
			return x.fail(KindDamaged, "two sheets named "+clip(sheet.Name))
		}
	}
	// An old module sheet names no part.
	if id := string(x.prefixedAttr("id")); id != "" {
		if err := b.findSheet(&sheet, id, arrows); err != nil {
			return err
		}
	}
	b.sheets = append(b.sheets, sheet)
	b.wb.Sheets = append(b.wb.Sheets, sheet.SheetInfo)
	return x.skip()
}

// findSheet follows the relation of a sheet to its part. Two sheets in one part
// would count every figure twice.
func (b *ooxml) findSheet(sheet *sheetEntry, id string, arrows []relation) error {
	i := slices.IndexFunc(arrows, func(r relation) bool { return r.id == id })
	if i < 0 {
		return &Error{Kind: KindMissingPart, Sheet: sheet.Name, Detail: "relationship " + clip(id)}
	}
	var err error
	if sheet.part, err = b.pkg.need(arrows[i].target); err != nil {
		return err
	}
	for _, other := range b.sheets {
		if other.part == sheet.part {
			return &Error{Kind: KindDamaged, Part: sheet.part.name, Sheet: sheet.Name, Detail: "the part of another sheet as well"}
		}
	}
	sheet.Cells = strings.EqualFold(arrows[i].kind, "worksheet")
	return nil
}

// parseVisibility reads the attribute that hides a sheet.
func parseVisibility(state []byte) (v Visibility, known bool) {
	switch string(state) {
	case "", "visible":
		return Visible, true
	case "hidden":
		return Hidden, true
	case "veryHidden":
		return VeryHidden, true
	}
	return Visible, false
}

// readName reads one <definedName>.
func (b *ooxml) readName(x *xmlReader) error {
	if !x.own || string(x.local) != "definedName" {
		return x.skip()
	}
	if len(b.wb.Names) >= x.lim.Names {
		return x.tooLarge("Names", fmt.Sprintf("more than %d names", x.lim.Names))
	}
	name := DefinedName{
		Name:   x.keepEscaped(x.attr("name")),
		Sheet:  -1,
		Hidden: x.flag("hidden"),
	}
	if scope := x.attr("localSheetId"); scope != nil {
		n, err := strconv.Atoi(string(scope))
		if err != nil || n < 0 {
			return x.fail(KindDamaged, "scope of a name "+quoteClip(scope))
		}
		name.Sheet = n
	}
	refers, err := x.content(nil)
	name.Refers = x.keep(refers)
	b.wb.Names = append(b.wb.Names, name)
	return err
}

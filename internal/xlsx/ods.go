package xlsx

import (
	"fmt"
	"strings"
)

// ods is an OpenDocument spreadsheet: one part, content.xml, in which the sheets
// stand one behind the other, and another with the styles that have names.
type ods struct {
	wb       *Workbook
	pkg      *pkg
	content  *part
	meta     *part
	tables   []odsTable // side by side with wb.Sheets
	looks    *odsLooks
	serials  bool // serial numbers count from a day that Workbook.Date1904 can tell
	cells    int  // in all sheets read so far
	standing *odsCursor
}

// odsTable is a sheet: where in content.xml it stands, in bytes, and the most
// cells any reading of it has counted.
type odsTable struct {
	from, to int64
	cells    int
}

// odsCursor is a reading of content.xml that stands before a sheet.
type odsCursor struct {
	x    *xmlReader
	next int // index of the sheet
}

// openODS reads the frame of an OpenDocument spreadsheet. It reads content.xml
// to its end, for nothing else tells which sheets there are, and with that
// proves the length and checksum of the part: readings of a sheet need not go
// further than the sheet. Rows are leapt over; whether they are well-formed is found
// out by the reading of their sheet.
func openODS(p *pkg) (*Workbook, error) {
	b := &ods{wb: new(Workbook), pkg: p, meta: p.part("meta.xml"), serials: true}
	b.wb.back = b
	if err := b.refuseEncrypted(); err != nil {
		return nil, err
	}
	var err error
	if b.content, err = p.need("content.xml"); err != nil {
		return nil, err
	}
	b.looks = newODSLooks(p)
	if err := b.looks.readNamed(p.part("styles.xml"), p); err != nil {
		return nil, err
	}
	if err := b.readFrame(); err != nil {
		return nil, err
	}
	for name := range p.parts {
		// LibreOffice keeps Basic in one folder and every other language in the other.
		if strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/") {
			b.wb.HasMacros = true
		}
	}
	return b.wb, nil
}

// refuseEncrypted asks the manifest, which is never encrypted itself, whether
// anything is. Newer files are one encrypted part.
func (b *ods) refuseEncrypted() error {
	if secret := b.pkg.part("encrypted-package"); secret != nil {
		return &Error{Kind: KindEncrypted, Part: secret.name}
	}
	manifest := b.pkg.part("META-INF/manifest.xml")
	if manifest == nil {
		return nil
	}
	x, err := b.pkg.xml(manifest)
	if err != nil {
		return err
	}
	defer x.close()
	return x.document("manifest", func() error {
		return x.children(func() error {
			if x.at(spaceManifest, "encryption-data") {
				return &Error{Kind: KindEncrypted, Part: manifest.name}
			}
			return x.skip()
		})
	})
}

// readFrame reads content.xml for everything but the cells.
func (b *ods) readFrame() error {
	x, err := b.pkg.xml(b.content)
	if err != nil {
		return err
	}
	defer x.close()
	err = x.document("document-content", func() error {
		switch {
		case x.at(spaceOffice, "font-face-decls"):
			return b.looks.readFaces(x)
		case x.at(spaceOffice, "automatic-styles"):
			return b.looks.readStyles(x)
		case x.at(spaceOffice, "body"):
			return x.children(func() error {
				if x.at(spaceOffice, "spreadsheet") {
					return x.children(func() error { return b.readFramePart(x) })
				}
				return x.skip()
			})
		}
		return x.skip()
	})
	if err != nil {
		return err
	}
	if len(b.tables) == 0 {
		return x.fail(KindDamaged, "no sheets")
	}
	b.wb.styles = b.looks.resolve()
	return nil
}

// readFramePart reads a child of the spreadsheet.
func (b *ods) readFramePart(x *xmlReader) error {
	switch {
	case x.at(spaceTable, "calculation-settings"):
		return x.children(func() error {
			if x.at(spaceTable, "null-date") {
				b.setDayZero(string(x.spaceAttr(spaceTable, "date-value")))
			}
			return x.skip()
		})
	case x.at(spaceTable, "named-expressions"):
		return b.readNames(x, -1)
	case isSheet(x):
		return b.readTable(x)
	case x.at(spaceTable, "table"):
		return x.leap()
	}
	return x.skip()
}

// setDayZero takes the day from which serial numbers count. There are three that
// programs offer; the reckoning from 1900-01-01, of the StarOffice of old, is
// none that a caller can be told, so its serial numbers are left to be numbers.
// Dates are not concerned, they are written as dates.
func (b *ods) setDayZero(day string) {
	b.wb.Date1904 = day == "1904-01-01"
	b.serials = b.wb.Date1904 || day == "" || day == "1899-12-30"
}

// isSheet reports whether the tag just read begins a sheet. What was last seen
// in another file is kept as a table among the sheets, told by nothing but its
// name: 'file:///…/a.ods'#$Sheet1, where no name of a sheet can begin so.
func isSheet(x *xmlReader) bool {
	if !x.at(spaceTable, "table") {
		return false
	}
	name := x.spaceAttr(spaceTable, "name")
	return len(name) == 0 || name[0] != '\'' || !strings.Contains(string(name), "'#")
}

// readTable notes a sheet and reads the names that belong to it.
func (b *ods) readTable(x *xmlReader) error {
	if len(b.tables) >= x.lim.Sheets {
		return x.tooLarge("Sheets", fmt.Sprintf("more than %d sheets", x.lim.Sheets))
	}
	n := len(b.tables)
	info := SheetInfo{Index: n, Name: x.keep(x.spaceAttr(spaceTable, "name")), Cells: true}
	if b.looks.hiddenSheets[string(x.spaceAttr(spaceTable, "style-name"))] {
		info.State = Hidden
	}
	for _, other := range b.wb.Sheets {
		if strings.EqualFold(other.Name, info.Name) {
			return x.fail(KindDamaged, "two sheets named "+clip(info.Name))
		}
	}
	b.wb.Sheets = append(b.wb.Sheets, info)
	b.tables = append(b.tables, odsTable{from: x.base + int64(x.pos)})
	err := x.children(func() error {
		if x.at(spaceTable, "named-expressions") {
			return b.readNames(x, n)
		}
		return x.leap()
	})
	b.tables[n].to = x.base + int64(x.pos)
	return err
}

// readNames reads the names of a sheet, -1 for those of the workbook.
func (b *ods) readNames(x *xmlReader, sheet int) error {
	return x.children(func() error {
		var refers []byte
		switch {
		case x.at(spaceTable, "named-range"):
			refers = appendAddress(nil, x.spaceAttr(spaceTable, "cell-range-address"))
		case x.at(spaceTable, "named-expression"):
			refers = appendOpenFormula(nil, x.spaceAttr(spaceTable, "expression"))
		default:
			return x.skip()
		}
		if len(b.wb.Names) >= x.lim.Names {
			return x.tooLarge("Names", fmt.Sprintf("more than %d names", x.lim.Names))
		}
		b.wb.Names = append(b.wb.Names, DefinedName{
			Name: x.keep(x.spaceAttr(spaceTable, "name")), Sheet: sheet, Refers: x.keep(refers),
		})
		return x.skip()
	})
}

// walker gives a reader for a sheet.
func (b *ods) walker(sheet int) walker { return &odsReader{book: b, sheet: sheet} }

// reach gives a reading that stands at the start tag of a sheet. Whoever reads
// the sheets in their order reads content.xml once: each reading goes on where
// the one before ended. To go back is to begin anew.
func (b *ods) reach(sheet int) (*odsCursor, error) {
	c := b.standing
	b.standing = nil // a reading within a reading has one of its own
	if c != nil && c.next > sheet {
		c.x.close()
		c = nil
	}
	if c == nil {
		x, err := b.pkg.xml(b.content)
		if err != nil {
			return nil, err
		}
		c = &odsCursor{x: x}
		if err := c.enter("document-content", "body", "spreadsheet"); err != nil {
			x.close()
			return nil, err
		}
	}
	for {
		err := c.nextSheet()
		switch {
		case err == nil && c.next == sheet:
			return c, nil
		case err == nil:
			c.next++
			err = c.x.skip()
		}
		if err != nil {
			c.x.close()
			return nil, err
		}
	}
}

// leave gives a reading back that has read its sheet to the end.
func (b *ods) leave(c *odsCursor) {
	c.next++
	if c.next == len(b.tables) || b.standing != nil {
		c.x.close()
		return
	}
	b.standing = c
}

// enter goes down to the element at the end of a path of elements of the
// office namespace.
func (c *odsCursor) enter(path ...string) error {
	if err := c.x.root(); err != nil {
		return err
	}
	for _, name := range path[1:] {
		for {
			t, err := c.x.nextTag()
			if err != nil {
				return err
			}
			if t != tokenStart {
				return c.x.fail(KindDamaged, "no <"+name+">")
			}
			if c.x.at(spaceOffice, name) {
				break
			}
			if err := c.x.skip(); err != nil {
				return err
			}
		}
	}
	return nil
}

// nextSheet goes to the start tag of the next sheet.
func (c *odsCursor) nextSheet() error {
	for {
		t, err := c.x.nextTag()
		switch {
		case err != nil:
			return err
		case t != tokenStart:
			return c.x.fail(KindDamaged, "a sheet is gone") // it was there before
		case isSheet(c.x):
			return nil
		}
		if err := c.x.skip(); err != nil {
			return err
		}
	}
}

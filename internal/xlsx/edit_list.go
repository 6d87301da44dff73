package xlsx

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// insertList makes our list the first sheet of the workbook and opens the workbook
// on it.
func (e *edit) insertList(s *Worksheet, list *listParts, first int) error {
	part := e.dir + "tonghop/list.xml"
	sheet, err := restyled(list.sheet, first)
	if err != nil {
		return err
	}
	e.put(part, sheet)
	if err := e.declareType(part, contentList); err != nil {
		return err
	}
	id, err := e.relate(e.book, "worksheet", part)
	if err != nil {
		return err
	}
	return e.change(e.book, func(b []byte, root element, in []element) ([]splice, error) {
		sheets, ok := childNamed(in, "sheets")
		if !ok {
			return nil, errMarkup
		}
		each, err := children(b, sheets)
		if err != nil {
			return nil, err
		}
		name, number := e.freeName(s.name), 1
		for _, sheet := range each {
			n, _ := attrOf(b, sheet, "sheetId")
			have, err := strconv.Atoi(n)
			if err != nil {
				return nil, errMarkup
			}
			number = max(number, have+1)
		}
		markup := fmt.Appendf(nil, `<%ssheet name="`, root.prefix())
		markup = appendAttr(markup, name)
		markup = fmt.Appendf(markup, `" sheetId="%d" xmlns:r="%s" r:id="%s"/>`, number, relationshipTypes, id)
		changes := []splice{{sheets.tag, sheets.tag, string(markup)}}
		views, err := openOnFirst(b, in)
		if err != nil {
			return nil, err
		}
		names, err := shiftNames(b, root, in, +1, strings.ReplaceAll(s.printTitles(), quoteSheet(s.name), quoteSheet(name)))
		return append(append(changes, views...), names...), err
	})
}

// restyled gives the sheet of our list with the numbers its looks have where it goes.
func restyled(sheet []byte, first int) ([]byte, error) {
	var changes []splice
	for i := 0; ; {
		at, err := nextTag(sheet, i)
		if err != nil {
			return nil, fmt.Errorf("xlsx: sheet of the list: %w", err)
		}
		if at == len(sheet) {
			return apply(sheet, changes), nil
		}
		i = at + 1
		if sheet[i] == '/' {
			continue
		}
		name, end, _, err := tagAt(sheet, at)
		if err != nil {
			return nil, fmt.Errorf("xlsx: sheet of the list: %w", err)
		}
		i = end
		attr := "s"
		switch name {
		case "c", "row":
		case "col":
			attr = "style"
		default:
			continue
		}
		tag := element{name: name, local: name, from: at, tag: end}
		text, ok := attrOf(sheet, tag, attr)
		if !ok {
			if name == "c" { // the first style is left out
				changes = append(changes, splice{at + len("<c"), at + len("<c"), fmt.Sprintf(` s="%d"`, first)})
			}
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("xlsx: sheet of the list: style %q", text)
		}
		changes = append(changes, setAttr(sheet, tag, attr, strconv.Itoa(n+first))...)
	}
}

// freeName gives a name for our sheet that no other has.
func (e *edit) freeName(name string) string {
	taken := func(n string) bool {
		return slices.ContainsFunc(e.wb.Sheets, func(s SheetInfo) bool { return strings.EqualFold(s.Name, n) })
	}
	free := name
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return free
}

// openOnFirst makes every window of the workbook open on the first tab.
func openOnFirst(b []byte, in []element) ([]splice, error) {
	views, ok := childNamed(in, "bookViews")
	if !ok {
		return nil, nil
	}
	each, err := children(b, views)
	var changes []splice
	for _, v := range each {
		changes = append(changes, setAttr(b, v, "activeTab", "0")...)
		changes = append(changes, setAttr(b, v, "firstSheet", "0")...)
	}
	return changes, err
}

// shiftNames keeps the names of single sheets with their sheets, which they count
// from the first tab: by +1 where a sheet comes before all others. A text for titles
// is what our own sheet repeats on each printed page, "" for nothing.
func shiftNames(b []byte, root element, in []element, by int, titles string) ([]splice, error) {
	markup := ""
	if titles != "" {
		p := root.prefix()
		markup = fmt.Sprintf(`<%sdefinedName name="_xlnm.Print_Titles" localSheetId="0">%s</%sdefinedName>`, p, appendText(nil, titles), p)
	}
	names, ok := childNamed(in, "definedNames")
	if !ok {
		if markup == "" {
			return nil, nil
		}
		at := before(root, in, afterNames)
		name := root.prefix() + "definedNames"
		return []splice{{at, at, "<" + name + ">" + markup + "</" + name + ">"}}, nil
	}
	changes, err := moveNames(b, names, 0, by)
	if markup != "" {
		changes = append(changes, appendInto(b, names, markup))
	}
	return changes, err
}

// afterNames are the elements that follow the names in a workbook part.
var afterNames = []string{"calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"}

// moveNames adds to the number of the sheet of each name, where it is from or
// higher.
func moveNames(b []byte, names element, from, by int) ([]splice, error) {
	each, err := children(b, names)
	if err != nil {
		return nil, err
	}
	var changes []splice
	for _, n := range each {
		text, ok := attrOf(b, n, "localSheetId")
		if !ok {
			continue
		}
		have, err := strconv.Atoi(text)
		if err != nil {
			return nil, errMarkup
		}
		if have >= from {
			changes = append(changes, setAttr(b, n, "localSheetId", strconv.Itoa(have+by))...)
		}
	}
	return changes, nil
}

// removeLists takes the sheets out that carry our mark, wherever they stand and
// whatever they are called by now.
func (e *edit) removeLists() error {
	for i := len(e.sheets) - 1; i >= 0; i-- {
		ours, err := e.isList(i)
		if err != nil {
			return err
		}
		if !ours {
			continue
		}
		if err := e.removeSheet(i); err != nil {
			return err
		}
	}
	return nil
}

// isList reports whether a sheet is a list of ours.
func (e *edit) isList(index int) (bool, error) {
	ours := false
	err := e.wb.Scan(index, func(c *Cell) error {
		ours = ours || c.Row == 1 && c.Col == 1 && IsListMark(c.Text)
		if c.Row > 1 || ours {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return ours, err
}

// errEnough ends a scan that has seen what it was to look for.
var errEnough = errors.New("seen enough")

// IsListMark reports whether the text of cell A1 is that of a list of ours, of
// this layout or of another.
func IsListMark(text string) bool { return strings.HasPrefix(text, "tonghop:list:") }

// removeSheet takes one sheet out, with what only it needs.
func (e *edit) removeSheet(index int) error {
	part := e.sheets[index].part.name
	arrows, err := e.relationsOf(part)
	if err != nil {
		return err
	}
	for _, r := range arrows { // what an office program has hung on our sheet
		if e.has(r.target) {
			if err := e.forget(r.target); err != nil {
				return err
			}
		}
	}
	if err := e.forget(part); err != nil {
		return err
	}
	if err := e.unrelate(e.book, part); err != nil {
		return err
	}
	return e.change(e.book, func(b []byte, _ element, in []element) ([]splice, error) {
		sheets, _ := childNamed(in, "sheets")
		each, err := children(b, sheets)
		if err != nil || index >= len(each) {
			return nil, errMarkup
		}
		changes := []splice{{each[index].from, each[index].to, ""}}
		if views, err := openOnFirst(b, in); err == nil { // the tabs it counts are others now
			changes = append(changes, views...)
		}
		names, ok := childNamed(in, "definedNames")
		if !ok {
			return changes, nil
		}
		moved, err := dropNames(b, names, index)
		return append(changes, moved...), err
	})
}

// dropNames takes out the names of a sheet that is no more and moves those of the
// sheets after it.
func dropNames(b []byte, names element, index int) ([]splice, error) {
	each, err := children(b, names)
	if err != nil {
		return nil, err
	}
	changes, err := moveNames(b, names, index+1, -1)
	for _, n := range each {
		if text, _ := attrOf(b, n, "localSheetId"); text == strconv.Itoa(index) {
			changes = append(changes, splice{n.from, n.to, ""})
		}
	}
	return changes, err
}

package xlsx

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// styling says by which numbers our looks are known in a workbook of somebody
// else's.
type styling struct {
	first int   // the number that style 0 of our list has there
	fills []int // of the conditional formats that fill cells
}

// afterDxfs are the elements that follow those of conditional formats in a part of
// styles.
var afterDxfs = []string{"tableStyles", "colors", "extLst"}

// addStyles appends the looks of our list and of our fills to those of the
// workbook. Nothing there gets another number, and looks that an earlier
// annotation left at the end serve again.
func (e *edit) addStyles(list *listParts, fills []string) (styling, error) {
	var out styling
	arrows, err := e.pkg.relations(e.book)
	if err != nil {
		return out, err
	}
	name := find(arrows, "styles")
	if name == "" {
		return out, &HarmError{Reason: HarmMarkup, Part: "styles"}
	}
	ours, err := readLooks(list.styles)
	if err != nil {
		return out, err
	}
	err = e.change(name, func(b []byte, root element, in []element) ([]splice, error) {
		var all []splice
		into := func(local, markup string, n int) (first int, err error) {
			target, ok := childNamed(in, local)
			if !ok {
				return 0, errMarkup
			}
			first, changes, err := appendLooks(b, target, prefixed(markup, root.prefix()), n)
			all = append(all, changes...)
			return first, err
		}
		var base [3]int
		for i, local := range looks {
			if base[i], err = into(local, ours.markup[local], ours.count[local]); err != nil {
				return nil, err
			}
		}
		xfs, err := ours.formats(base)
		if err != nil {
			return nil, err
		}
		if out.first, err = into("cellXfs", xfs, ours.count["cellXfs"]); err != nil {
			return nil, err
		}
		changes, first, err := addDxfs(b, root, in, fills)
		for i := range fills {
			out.fills = append(out.fills, first+i)
		}
		return append(all, changes...), err
	})
	return out, err
}

// looks are what a cell format is made of, in the order of the attributes below.
var looks = [3]string{"fonts", "fills", "borders"}

var lookIDs = [3]string{"fontId", "fillId", "borderId"}

// looksOf are the looks of our list, as markup without prefixes.
type looksOf struct {
	markup map[string]string // by the name of the element around them
	count  map[string]int
	xfs    []byte
	each   []element // in xfs
}

func readLooks(styles []byte) (*looksOf, error) {
	root, err := rootOf(styles)
	if err != nil {
		return nil, fmt.Errorf("xlsx: styles of the list: %w", err)
	}
	in, err := children(styles, root)
	if err != nil {
		return nil, fmt.Errorf("xlsx: styles of the list: %w", err)
	}
	if _, ok := childNamed(in, "numFmts"); ok {
		return nil, fmt.Errorf("xlsx: the list has number formats of its own, whose numbers may be taken")
	}
	out := &looksOf{markup: map[string]string{}, count: map[string]int{}, xfs: styles}
	for _, local := range append(looks[:], "cellXfs") {
		target, ok := childNamed(in, local)
		if !ok {
			return nil, fmt.Errorf("xlsx: styles of the list: no %s", local)
		}
		each, err := children(styles, target)
		if err != nil {
			return nil, fmt.Errorf("xlsx: styles of the list: %w", err)
		}
		out.markup[local], out.count[local] = string(styles[target.tag:target.inner]), len(each)
		out.each = each // of cellXfs in the end
	}
	return out, nil
}

// formats spells the cell formats with the looks where they are now.
func (l *looksOf) formats(base [3]int) (string, error) {
	var out strings.Builder
	for _, xf := range l.each {
		var changes []splice
		for i, id := range lookIDs {
			text, _ := attrOf(l.xfs, xf, id)
			n, err := strconv.Atoi(text)
			if err != nil {
				return "", fmt.Errorf("xlsx: styles of the list: %s %q", id, text)
			}
			changes = append(changes, setAttr(l.xfs, xf, id, strconv.Itoa(n+base[i]))...)
		}
		for i := range changes {
			changes[i].from, changes[i].to = changes[i].from-xf.from, changes[i].to-xf.from
		}
		out.Write(apply(l.xfs[xf.from:xf.to], changes))
	}
	return out.String(), nil
}

// appendLooks appends n elements, unless they are the last already, and gives the
// number of the first of them.
func appendLooks(b []byte, target element, markup string, n int) (first int, changes []splice, err error) {
	there, err := children(b, target)
	if err != nil {
		return 0, nil, err
	}
	if bytes.HasSuffix(b[target.tag:target.inner], []byte(markup)) {
		return len(there) - n, nil, nil
	}
	return len(there), append(addCount(b, target, len(there)+n), appendInto(b, target, markup)), nil
}

// addDxfs appends a conditional format for each colour.
func addDxfs(b []byte, root element, in []element, fills []string) (changes []splice, first int, err error) {
	var markup strings.Builder
	for _, fill := range fills {
		fmt.Fprintf(&markup, `<dxf><fill><patternFill patternType="solid"><fgColor rgb="FF%s"/><bgColor rgb="FF%s"/></patternFill></fill></dxf>`, fill, fill)
	}
	text := prefixed(markup.String(), root.prefix())
	if target, ok := childNamed(in, "dxfs"); ok {
		first, changes, err = appendLooks(b, target, text, len(fills))
		return changes, first, err
	}
	name := root.prefix() + "dxfs"
	text = fmt.Sprintf(`<%s count="%d">%s</%s>`, name, len(fills), text, name)
	return []splice{{before(root, in, afterDxfs), before(root, in, afterDxfs), text}}, 0, nil
}

// before is the place in front of the first of the elements named, or at the end.
func before(root element, in []element, followers []string) int {
	for _, e := range in {
		for _, f := range followers {
			if e.local == f {
				return e.from
			}
		}
	}
	return root.inner
}

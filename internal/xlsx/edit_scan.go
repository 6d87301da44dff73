package xlsx

import (
	"bytes"
	"errors"
	"html"
	"slices"
	"strconv"
)

// errMarkup says that a part is not written in a way in which it can be edited
// without being rewritten.
var errMarkup = errors.New("markup that cannot be edited in place")

// element is one element of a part, by the bytes it takes there. Editing works on
// bytes and not on a tree: what is not meant to change is never spelt anew.
type element struct {
	name, local string // with and without prefix
	from, to    int    // all of it
	tag         int    // end of the start tag
	inner       int    // end of its content, which begins at tag
	empty       bool   // written as <name/>
}

// tagAt reads the start tag at b[i:]: its name and where it ends. Empty tells
// that it is closed at once.
func tagAt(b []byte, i int) (name string, end int, empty bool, err error) {
	n := nameEnd(b, i+1)
	name = string(b[i+1 : n])
	for n < len(b) {
		switch b[n] {
		case '>':
			return name, n + 1, b[n-1] == '/', nil
		case '"', '\'':
			q := bytes.IndexByte(b[n+1:], b[n])
			if q < 0 {
				return "", 0, false, errMarkup
			}
			n += q + 1
		}
		n++
	}
	return "", 0, false, errMarkup
}

// nextTag finds the next start or end tag from i on: comments, instructions and
// CDATA are passed over. It gives len(b) at the end.
func nextTag(b []byte, i int) (int, error) {
	for {
		at := bytes.IndexByte(b[i:], '<')
		if at < 0 {
			return len(b), nil
		}
		i += at
		closing := ""
		switch rest := b[i:]; {
		case bytes.HasPrefix(rest, []byte("<!--")):
			closing = "-->"
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			closing = "]]>"
		case bytes.HasPrefix(rest, []byte("<?")):
			closing = "?>"
		case bytes.HasPrefix(rest, []byte("<!")):
			return 0, errMarkup
		case len(rest) < 2:
			return 0, errMarkup
		default:
			return i, nil
		}
		n := bytes.Index(b[i:], []byte(closing))
		if n < 0 {
			return 0, errMarkup
		}
		i += n + len(closing)
	}
}

// elementAt reads the element whose start tag is at i.
func elementAt(b []byte, i int) (element, error) {
	name, end, empty, err := tagAt(b, i)
	if err != nil {
		return element{}, err
	}
	_, local := splitName([]byte(name))
	e := element{name: name, local: string(local), from: i, tag: end, inner: end, to: end, empty: empty}
	if empty {
		return e, nil
	}
	for open := []string{name}; len(open) > 0; {
		at, err := nextTag(b, e.to)
		if err != nil || at == len(b) {
			return element{}, errMarkup
		}
		if b[at+1] == '/' {
			end := nameEnd(b, at+2)
			n := bytes.IndexByte(b[end:], '>')
			if n < 0 || string(b[at+2:end]) != open[len(open)-1] {
				return element{}, errMarkup
			}
			open = open[:len(open)-1]
			e.inner, e.to = at, end+n+1
			continue
		}
		child, tagEnd, closed, err := tagAt(b, at)
		if err != nil {
			return element{}, err
		}
		if !closed {
			open = append(open, child)
		}
		e.to = tagEnd
	}
	return e, nil
}

// rootOf finds the root element of a part that is written in UTF-8.
func rootOf(b []byte) (element, error) {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) || bytes.IndexByte(b[:min(len(b), 64)], 0) >= 0 {
		return element{}, errMarkup
	}
	at, err := nextTag(b, 0)
	if err != nil || at == len(b) {
		return element{}, errMarkup
	}
	return elementAt(b, at)
}

// children gives the elements directly in e.
func children(b []byte, e element) ([]element, error) {
	var out []element
	for i := e.tag; ; {
		at, err := nextTag(b[:e.inner], i)
		if err != nil {
			return nil, err
		}
		if at == e.inner {
			return out, nil
		}
		child, err := elementAt(b, at)
		if err != nil {
			return nil, err
		}
		out = append(out, child)
		i = child.to
	}
}

// childNamed gives the first child with a local name.
func childNamed(list []element, local string) (element, bool) {
	i := slices.IndexFunc(list, func(e element) bool { return e.local == local })
	if i < 0 {
		return element{}, false
	}
	return list[i], true
}

// prefix is what stands before the local name, with its colon.
func (e element) prefix() string { return e.name[:len(e.name)-len(e.local)] }

// attribute is a value in a start tag, by the bytes it takes between its quotes.
type attribute struct {
	name     string
	from, to int
}

// attributes gives those of a start tag.
func attributes(b []byte, e element) []attribute {
	var out []attribute
	for i := e.from + 1 + len(e.name); i < e.tag; {
		i = spaceEnd(b, i)
		end := nameEnd(b, i)
		if end == i {
			break
		}
		name := string(b[i:end])
		q := spaceEnd(b, end)
		if q = spaceEnd(b, q+1); q >= e.tag || b[q] != '"' && b[q] != '\'' {
			break
		}
		n := bytes.IndexByte(b[q+1:e.tag], b[q])
		if n < 0 {
			break
		}
		out = append(out, attribute{name, q + 1, q + 1 + n})
		i = q + n + 2
	}
	return out
}

// attrOf gives the value of an attribute by its full name.
func attrOf(b []byte, e element, name string) (value string, ok bool) {
	for _, a := range attributes(b, e) {
		if a.name == name {
			return html.UnescapeString(string(b[a.from:a.to])), true
		}
	}
	return "", false
}

// relationOf gives the attribute "id" with whatever prefix it has: the relation that
// an element stands for.
func relationOf(b []byte, e element) string {
	for _, a := range attributes(b, e) {
		if p, l := splitName([]byte(a.name)); len(p) > 0 && string(l) == "id" && string(p) != "xmlns" {
			return html.UnescapeString(string(b[a.from:a.to]))
		}
	}
	return ""
}

// splice is one change of a part: the bytes from to to become text.
type splice struct {
	from, to int
	text     string
}

// apply makes the changes, which must not overlap. Those at one place keep their
// order.
func apply(b []byte, changes []splice) []byte {
	if len(changes) == 0 {
		return b
	}
	slices.SortStableFunc(changes, func(x, y splice) int { return x.from - y.from })
	out := make([]byte, 0, len(b)+1024)
	at := 0
	for _, c := range changes {
		out = append(append(out, b[at:c.from]...), c.text...)
		at = c.to
	}
	return append(out, b[at:]...)
}

// setAttr changes the value of an attribute that is there already.
func setAttr(b []byte, e element, name, value string) []splice {
	for _, a := range attributes(b, e) {
		if a.name == name && string(b[a.from:a.to]) != value {
			return []splice{{a.from, a.to, value}}
		}
	}
	return nil
}

// addCount adds to the number in the attribute "count", where there is one.
func addCount(b []byte, e element, now int) []splice {
	return setAttr(b, e, "count", strconv.Itoa(now))
}

// appendInto puts text at the end of an element's content, which is opened where it is
// written as <name/>.
func appendInto(b []byte, e element, text string) splice {
	if !e.empty {
		return splice{e.inner, e.inner, text}
	}
	slash := bytes.LastIndexByte(b[e.from:e.tag], '/') + e.from
	return splice{slash, e.tag, ">" + text + "</" + e.name + ">"}
}

// prefixed gives every element of our own markup, which has no prefixes, the one
// of the part that it goes into.
func prefixed(markup, prefix string) string {
	if prefix == "" {
		return markup
	}
	var out []byte
	for i := range len(markup) {
		c := markup[i]
		out = append(out, c)
		switch {
		case c == '<' && markup[i+1] != '/':
			out = append(out, prefix...)
		case c == '/' && i > 0 && markup[i-1] == '<':
			out = append(out, prefix...)
		}
	}
	return string(out)
}

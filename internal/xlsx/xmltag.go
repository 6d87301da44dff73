package xlsx

import (
	"bytes"
	"unicode/utf8"
)

// maxAttrs is the most attributes one tag may have; the root of a sheet has
// some 20 namespace declarations.
const maxAttrs = 256

// tagState is how far a start tag could be read in the window.
type tagState uint8

const (
	tagWhole tagState = iota
	tagEmpty          // whole, and closed as <tag/>
	tagCut            // the window ends inside
)

// readStart takes a start tag. A tag that the window cuts is read again from
// its beginning once there is more of it, so nothing is kept half done.
func (x *xmlReader) readStart() error {
	for {
		n, state, err := x.scanStart(x.buf[x.pos:x.end])
		if err != nil {
			return err
		}
		if state != tagCut {
			x.pos += n
			x.empty = state == tagEmpty
			return x.push()
		}
		if err := x.more(); err != nil {
			return err
		}
	}
}

// scanStart reads the tag at the start of b into name and attrs, and gives the
// bytes it takes.
func (x *xmlReader) scanStart(b []byte) (int, tagState, error) {
	x.attrs, x.values = x.attrs[:0], x.values[:0]
	i := nameEnd(b, 1)
	if i == len(b) {
		return 0, tagCut, nil
	}
	x.name = b[1:i]
	if !goodName(x.name) {
		return 0, 0, x.fail(KindMalformedXML, "< that begins no tag")
	}
	for {
		j := spaceEnd(b, i)
		if j+1 >= len(b) {
			if j < len(b) && b[j] == '>' {
				return j + 1, tagWhole, nil
			}
			return 0, tagCut, nil
		}
		switch {
		case b[j] == '>':
			return j + 1, tagWhole, nil
		case b[j] == '/' && b[j+1] == '>':
			return j + 2, tagEmpty, nil
		case i == j:
			return 0, 0, x.fail(KindMalformedXML, "tag <"+quoteClip(x.name)+">")
		}
		n, err := x.scanAttr(b[j:])
		if n == 0 || err != nil {
			return 0, tagCut, err
		}
		i = j + n
	}
}

// scanAttr reads the attribute at the start of b and gives the bytes it takes,
// 0 if the window cuts it.
func (x *xmlReader) scanAttr(b []byte) (int, error) {
	i := nameEnd(b, 0)
	key := b[:i]
	if i = spaceEnd(b, i); i == len(b) {
		return 0, nil
	}
	if b[i] != '=' || !goodName(key) {
		return 0, x.fail(KindMalformedXML, "attribute in <"+quoteClip(x.name)+">")
	}
	if i = spaceEnd(b, i+1); i == len(b) {
		return 0, nil
	}
	quote := b[i]
	if byteKind[quote]&byteQuote == 0 {
		return 0, x.fail(KindMalformedXML, "attribute without quotes in <"+quoteClip(x.name)+">")
	}
	i++
	start, seen := i, uint8(0)
	for i < len(b) && b[i] != quote {
		seen |= byteKind[b[i]]
		i++
	}
	if i-start > x.lim.AttrBytes {
		return 0, x.tooLarge("AttrBytes", "attribute "+quoteClip(key))
	}
	if i == len(b) {
		return 0, nil
	}
	return i + 1, x.addAttr(key, b[start:i], seen)
}

// addAttr keeps an attribute, decoded.
func (x *xmlReader) addAttr(key, raw []byte, seen uint8) error {
	if seen&(byteMarkup|byteControl) != 0 || seen&byteHigh != 0 && !utf8.Valid(raw) {
		return x.fail(KindMalformedXML, "character in attribute "+quoteClip(key))
	}
	for _, a := range x.attrs {
		if bytes.Equal(a.key, key) {
			return x.fail(KindMalformedXML, "attribute "+quoteClip(key)+" twice")
		}
	}
	if len(x.attrs) == maxAttrs {
		return x.fail(KindMalformedXML, "too many attributes")
	}
	value := raw
	if seen&(byteEntity|byteReturn) != 0 {
		from := len(x.values)
		var err error
		if x.values, err = x.unescape(x.values, raw); err != nil {
			return err
		}
		value = x.values[from:]
	}
	x.attrs = append(x.attrs, attr{key: key, value: value})
	return nil
}

// push opens the element whose tag was just read.
func (x *xmlReader) push() error {
	if len(x.open) == 0 && x.rootSeen {
		return x.fail(KindMalformedXML, "a second root element")
	}
	if len(x.open) >= x.lim.Depth {
		return x.tooLarge("Depth", "elements nested too deep")
	}
	x.open = append(x.open, frame{len(x.names), len(x.spaces)})
	x.names = append(x.names, x.name...)
	prefix, local := splitName(x.name)
	x.local = local
	x.declare(prefix)
	x.rootSeen = true
	for i := range x.attrs {
		a := &x.attrs[i]
		if p, _ := splitName(a.key); len(p) > 0 && string(p) != "xmlns" {
			s, ok := x.lookup(p)
			if !ok {
				return x.fail(KindMalformedXML, "prefix "+quoteClip(p)+" is not declared")
			}
			a.space, a.local = s.id, len(p)+1
		}
	}
	s, ok := x.lookup(prefix)
	if !ok {
		return x.fail(KindMalformedXML, "prefix "+quoteClip(prefix)+" is not declared")
	}
	x.own, x.space = s.own, s.id
	return nil
}

// declare takes in the xmlns attributes of a tag. The namespace that the root
// itself is in, whichever it is, becomes that of the part.
func (x *xmlReader) declare(prefix []byte) {
	if !x.rootSeen {
		for _, a := range x.attrs {
			if declared, ok := declaredPrefix(a.key); ok && bytes.Equal(declared, prefix) {
				x.rootSpace = string(a.value)
			}
		}
	}
	for _, a := range x.attrs {
		if declared, ok := declaredPrefix(a.key); ok {
			x.spaces = append(x.spaces, space{string(declared), string(a.value) == x.rootSpace, spaceOf(a.value)})
			x.found = [len(x.found)]int{}
		}
	}
}

// declaredPrefix tells which prefix an attribute declares: "" for xmlns.
func declaredPrefix(key []byte) ([]byte, bool) {
	const xmlns = "xmlns"
	switch {
	case len(key) < len(xmlns) || string(key[:len(xmlns)]) != xmlns:
		return nil, false
	case len(key) == len(xmlns):
		return nil, true
	}
	return key[len(xmlns)+1:], key[len(xmlns)] == ':'
}

// lookup tells what a prefix means, and whether it is declared at all. No prefix
// needs no declaration. A document of LibreOffice declares forty prefixes and
// uses five of them in every cell, hence the note of where one was found.
func (x *xmlReader) lookup(prefix []byte) (s space, ok bool) {
	hash := 0
	if n := len(prefix); n > 0 {
		hash = (int(prefix[0]) + int(prefix[n-1]) + 5*n) % len(x.found)
	}
	if i := x.found[hash]; i > 0 && x.spaces[i-1].prefix == string(prefix) {
		return x.spaces[i-1], true
	}
	for i := len(x.spaces) - 1; i >= 0; i-- {
		if s := x.spaces[i]; s.prefix == string(prefix) {
			x.found[hash] = i + 1
			return s, true
		}
	}
	if len(prefix) == 0 {
		return space{own: x.rootSpace == ""}, true
	}
	return space{id: spaceOther}, string(prefix) == "xml"
}

// readEnd takes an end tag, which must be that of the last open element.
func (x *xmlReader) readEnd() error {
	n := len(x.open)
	if n == 0 {
		return x.fail(KindUnbalancedXML, "end tag without a start")
	}
	name := x.names[x.open[n-1].name:]
	for x.end-x.pos < len(name)+3 {
		if err := x.more(); err != nil {
			return err
		}
	}
	b := x.buf[x.pos:x.end]
	if !bytes.Equal(b[2:2+len(name)], name) || byteKind[b[2+len(name)]]&byteName != 0 {
		return x.fail(KindUnbalancedXML, "<"+quoteClip(name)+"> is not closed by "+quoteClip(b[:min(len(b), 20)]))
	}
	i := 2 + len(name)
	for {
		i = spaceEnd(b, i)
		if i < len(b) {
			break
		}
		if err := x.more(); err != nil {
			return err
		}
		b = x.buf[x.pos:x.end]
	}
	if b[i] != '>' {
		return x.fail(KindMalformedXML, "end tag of <"+quoteClip(name)+">")
	}
	x.pos += i + 1
	x.pop()
	return nil
}

// pop closes the last open element.
func (x *xmlReader) pop() {
	last := x.open[len(x.open)-1]
	x.open = x.open[:len(x.open)-1]
	x.names = x.names[:last.name]
	if len(x.spaces) > last.spaces {
		x.spaces = x.spaces[:last.spaces]
		x.found = [len(x.found)]int{}
	}
}

// attr gives the value of an attribute without prefix, nil if it is absent.
func (x *xmlReader) attr(key string) []byte {
	for i := range x.attrs {
		if string(x.attrs[i].key) == key {
			return x.attrs[i].value
		}
	}
	return nil
}

// prefixedAttr gives the value of an attribute with any prefix.
func (x *xmlReader) prefixedAttr(local string) []byte {
	for i := range x.attrs {
		if prefix, l := splitName(x.attrs[i].key); len(prefix) > 0 && string(l) == local {
			return x.attrs[i].value
		}
	}
	return nil
}

// flag reads an attribute as a truth value, as XML Schema spells them.
func (x *xmlReader) flag(key string) bool {
	switch string(x.attr(key)) {
	case "1", "true", "on":
		return true
	}
	return false
}

// document reads a whole part: each calls child for every element directly in
// the root, which must be called root. It returns once the end is proved.
func (x *xmlReader) document(root string, child func() error) error {
	if err := x.root(); err != nil {
		return err
	}
	if string(x.local) != root {
		return x.fail(KindDamaged, "<"+quoteClip(x.local)+"> where <"+root+"> belongs")
	}
	if err := x.children(child); err != nil {
		return err
	}
	return x.finishPart()
}

// root goes to the root element.
func (x *xmlReader) root() error {
	for {
		t, err := x.next()
		if err != nil || t == tokenStart {
			return err
		}
	}
}

// finishPart reads to the end of the part, which proves length and checksum.
func (x *xmlReader) finishPart() error {
	for {
		t, err := x.next()
		if err != nil || t == tokenEOF {
			return err
		}
	}
}

// children calls child at each start tag inside the element just opened, until
// its end. The child must be read to its own end by then. Text between them
// must be blank.
func (x *xmlReader) children(child func() error) error {
	for {
		t, err := x.nextTag()
		if err != nil || t == tokenEnd {
			return err
		}
		if err := child(); err != nil {
			return err
		}
	}
}

// nextTag advances to a start or end tag, over blank text only: anything else
// there would be content nobody reads.
func (x *xmlReader) nextTag() (token, error) {
	for {
		t, err := x.next()
		if err != nil || t != tokenText {
			return t, err
		}
		if !isBlank(x.text) {
			return 0, x.fail(KindDamaged, "text "+quoteClip(x.text)+" where none belongs")
		}
	}
}

// skip reads over the rest of the element just opened.
func (x *xmlReader) skip() error {
	for depth := 1; depth > 0; {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t {
		case tokenStart:
			depth++
		case tokenEnd:
			depth--
		}
	}
	return nil
}

// content appends the text of the element just opened to dst. The element may
// hold nothing but text.
func (x *xmlReader) content(dst []byte) ([]byte, error) {
	for {
		t, err := x.next()
		switch {
		case err != nil:
			return dst, err
		case t == tokenEnd:
			return dst, nil
		case t == tokenStart:
			return dst, x.fail(KindDamaged, "<"+quoteClip(x.local)+"> inside a value")
		}
		if len(dst)+len(x.text) > x.lim.TokenBytes {
			return dst, x.tooLarge("TokenBytes", "text that does not end")
		}
		dst = append(dst, x.text...)
	}
}

// splitName parts prefix and local name.
func splitName(name []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return nil, name
}

// goodName reports whether a run of name bytes may be a name.
func goodName(name []byte) bool {
	if len(name) == 0 || name[0] == '-' || name[0] == '.' || '0' <= name[0] && name[0] <= '9' {
		return false
	}
	if kinds(name)&byteHigh != 0 && !utf8.Valid(name) {
		return false
	}
	colon := bytes.IndexByte(name, ':')
	return colon < 0 || colon > 0 && colon < len(name)-1 && bytes.IndexByte(name[colon+1:], ':') < 0
}

// nameEnd gives the index after the name that begins at i.
func nameEnd(b []byte, i int) int {
	for i < len(b) && byteKind[b[i]]&byteName != 0 {
		i++
	}
	return i
}

// spaceEnd gives the index after the white space that begins at i.
func spaceEnd(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// isBlank reports whether b is white space only.
func isBlank(b []byte) bool { return spaceEnd(b, 0) == len(b) }

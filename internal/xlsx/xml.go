package xlsx

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// token is what [xmlReader.next] came upon.
type token uint8

const (
	tokenEnd   token = iota // end tag, or the end that is in <empty/>
	tokenStart              // start tag: name, local, own and attrs are set
	tokenText               // text between two tags: text is set
	tokenEOF                // end of a part that is well-formed throughout
)

// window is the usual size of the buffer a part is seen through.
const window = 64 << 10

// xmlRoom is what a reader works in: a workbook has a dozen parts, most of them
// smaller than this.
type xmlRoom struct {
	window  []byte
	attrs   []attr
	scratch []byte
	values  []byte
	open    []frame
	names   []byte
	spaces  []space
}

var xmlRooms = sync.Pool{New: func() any { return &xmlRoom{window: make([]byte, window)} }}

// xmlReader reads a part as XML, token by token, and takes nothing that is not
// well-formed: elements closed in order, attributes quoted and named once,
// characters valid, prefixes declared. It refuses document types, so there are
// no entities but the five of XML. Only what one token needs is in memory, and
// the bytes of a token are good until the next.
//
// It knows no more of namespaces than the formats need: whether an element is
// in that of the root, and which of the few listed with [spaceID] it is in.
type xmlReader struct {
	part *partReader
	src  io.Reader // the part, as UTF-8
	lim  *Limits

	buf      []byte
	room     *xmlRoom // nil once it was given back
	pos, end int      // what is not yet read of buf
	base     int64    // bytes of the part before buf
	eof      bool

	name, local []byte // of a start tag: with and without prefix
	own         bool   // in the namespace of the root
	space       spaceID
	attrs       []attr
	text        []byte

	scratch   []byte  // decoded text
	values    []byte  // decoded attribute values
	open      []frame // elements not yet closed
	names     []byte  // their names, one after the other
	spaces    []space // namespaces declared by them
	found     [32]int // where prefixes were last found in spaces, by their hash; 0 is nowhere
	rootSpace string
	empty     bool // the tag just read was <empty/>: its end comes next
	rootSeen  bool
	over      error // set by keep, returned by next
}

// attr is an attribute with its decoded value.
type attr struct {
	key, value []byte
	space      spaceID
	local      int // where the key without prefix begins
}

// frame is an open element: where its name and its namespaces begin.
type frame struct{ name, spaces int }

// space is a declared prefix.
type space struct {
	prefix string
	own    bool // means the namespace of the root
	id     spaceID
}

// xml begins to read a part as XML.
func (p *pkg) xml(part *part) (*xmlReader, error) {
	r, err := p.open(part)
	if err != nil {
		return nil, err
	}
	room := xmlRooms.Get().(*xmlRoom)
	x := &xmlReader{
		part: r, src: r, lim: &p.lim, room: room, buf: room.window, attrs: room.attrs[:0],
		scratch: room.scratch[:0], values: room.values[:0], open: room.open[:0], names: room.names[:0], spaces: room.spaces[:0],
	}
	if err := x.begin(); err != nil {
		x.close()
		return nil, err
	}
	return x, nil
}

// close gives back what was borrowed.
func (x *xmlReader) close() {
	x.part.close()
	if x.room == nil {
		return
	}
	// The window is the usual one, also where a long token needed another. What
	// grew large is left to be collected.
	*x.room = xmlRoom{x.room.window, within(x.attrs), within(x.scratch), within(x.values), within(x.open), within(x.names), within(x.spaces)}
	xmlRooms.Put(x.room)
	x.room, x.buf = nil, nil
}

// mostKept is how many elements a slice may have room for that is used again.
const mostKept = 16 << 10

// within is a slice without its content, or none where it is large.
func within[T any](s []T) []T {
	if cap(s) > mostKept {
		return nil
	}
	clear(s[:cap(s)])
	return s[:0]
}

// begin finds out the encoding and reads the XML declaration.
func (x *xmlReader) begin() error {
	for x.end < 4 && !x.eof {
		if err := x.fill(); err != nil {
			return err
		}
	}
	wide := false
	b := x.buf[:x.end]
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		x.pos = 3
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("<\x00")):
		wide = true
		x.transcode(binary.LittleEndian)
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\x00<")):
		wide = true
		x.transcode(binary.BigEndian)
	}
	for x.end-x.pos < 6 && !x.eof {
		if err := x.fill(); err != nil {
			return err
		}
	}
	if b := x.buf[x.pos:x.end]; len(b) < 6 || string(b[:5]) != "<?xml" || byteKind[b[5]]&byteName != 0 {
		return nil
	}
	return x.declaration(wide)
}

// transcode puts a decoder between the part and the window.
func (x *xmlReader) transcode(order binary.ByteOrder) {
	read := x.buf[:x.end]
	if read[0] != '<' && read[1] != '<' {
		read = read[2:] // the mark
	}
	before := bytes.NewReader(bytes.Clone(read))
	x.src = &utf16Reader{src: io.MultiReader(before, x.src), order: order}
	x.end, x.eof = 0, false
}

// declaration reads <?xml … ?> and holds its encoding against what the bytes
// are: text decoded by guess is text changed.
func (x *xmlReader) declaration(wide bool) error {
	const intro, outro = "<?xml", "?>"
	n, err := x.until(outro, len(intro))
	if err != nil {
		return err
	}
	text := x.buf[x.pos+len(intro) : x.pos+n-len(outro)]
	for len(text) > 0 && !isBlank(text) {
		space := spaceEnd(text, 0)
		width, err := x.scanAttr(text[space:])
		if err != nil {
			return err
		}
		if width == 0 || space == 0 {
			return x.fail(KindMalformedXML, "XML declaration")
		}
		text = text[space+width:]
	}
	if version := x.attr("version"); string(version) != "1.0" {
		return x.fail(KindMalformedXML, "XML version "+quoteClip(version))
	}
	if label := x.attr("encoding"); label != nil && !encodingFits(string(label), wide) {
		return x.fail(KindMalformedXML, "encoding "+quoteClip(label)+" is not that of the bytes")
	}
	x.attrs = x.attrs[:0]
	x.pos += n
	return nil
}

// encodingFits reports whether a name of an encoding goes with bytes that are
// UTF-16, or else UTF-8.
func encodingFits(label string, wide bool) bool {
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return !wide
	case "utf-16", "utf-16le", "utf-16be", "utf16", "unicode", "iso-10646-ucs-2":
		return wide
	}
	return false
}

// fill reads more of the part behind what is unread, which may move; at the
// end of the part it sets eof.
func (x *xmlReader) fill() error {
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.end])
		x.base += int64(x.pos)
		x.pos, x.end = 0, x.end-x.pos
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= x.lim.TokenBytes {
			return x.tooLarge("TokenBytes", "a tag or text that does not end")
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	// To the brim, so that a long tag is looked at anew only when the window
	// has doubled.
	for x.end < len(x.buf) && !x.eof {
		n, err := x.src.Read(x.buf[x.end:])
		x.end += n
		if err == io.EOF {
			x.eof = true
		} else if e, ok := errors.AsType[*Error](err); ok && e.Part == "" {
			return x.fail(e.Kind, e.Detail)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// more is fill for a token that is not complete yet: a part that ends inside
// it was cut off.
func (x *xmlReader) more() error {
	if x.eof {
		return x.fail(KindUnbalancedXML, "the part is cut off")
	}
	return x.fill()
}

// until gives the bytes up to and with mark, which is looked for from skip on.
func (x *xmlReader) until(mark string, skip int) (int, error) {
	from := skip
	for {
		b := x.buf[x.pos:x.end]
		if from < len(b) {
			if i := bytes.Index(b[from:], []byte(mark)); i >= 0 {
				return from + i + len(mark), nil
			}
			from = max(skip, len(b)-len(mark)+1)
		}
		if err := x.more(); err != nil {
			return 0, err
		}
	}
}

// next advances by one token.
func (x *xmlReader) next() (token, error) {
	if x.over != nil {
		return 0, x.over
	}
	if x.empty {
		x.empty = false
		x.pop()
		return tokenEnd, nil
	}
	for {
		if x.pos == x.end {
			if x.eof {
				return x.finish()
			}
			if err := x.fill(); err != nil {
				return 0, err
			}
			continue
		}
		if x.buf[x.pos] != '<' {
			return x.readText()
		}
		if x.end-x.pos < 2 {
			if err := x.more(); err != nil {
				return 0, err
			}
			continue
		}
		if t, found, err := x.readMarkup(); found || err != nil {
			return t, err
		}
	}
}

// readMarkup reads what begins with <, and reports whether it is a token: a
// comment is none.
func (x *xmlReader) readMarkup() (t token, found bool, err error) {
	switch x.buf[x.pos+1] {
	case '/':
		return tokenEnd, true, x.readEnd()
	case '!':
		text, err := x.readBang()
		return tokenText, text, err
	case '?':
		return 0, false, x.readInstruction()
	}
	return tokenStart, true, x.readStart()
}

// finish answers the end of the part.
func (x *xmlReader) finish() (token, error) {
	if n := len(x.open); n > 0 {
		return 0, x.fail(KindUnbalancedXML, "the part ends inside <"+quoteClip(x.names[x.open[n-1].name:])+">")
	}
	if !x.rootSeen {
		return 0, x.fail(KindUnbalancedXML, "the part has no element")
	}
	return tokenEOF, nil
}

// readText takes everything up to the next markup.
func (x *xmlReader) readText() (token, error) {
	from := 0
	for {
		b := x.buf[x.pos:x.end]
		i := bytes.IndexByte(b[from:], '<')
		if i < 0 && !x.eof {
			from = len(b)
			if err := x.fill(); err != nil {
				return 0, err
			}
			continue
		}
		if i >= 0 {
			b = b[:from+i]
		}
		text, err := x.decodeText(b)
		if err != nil {
			return 0, err
		}
		if len(x.open) == 0 && !isBlank(b) {
			return 0, x.fail(KindMalformedXML, "text outside the root element")
		}
		x.pos += len(b)
		x.text = text
		return tokenText, nil
	}
}

// readBang takes a comment or a CDATA section, and reports whether it is text.
func (x *xmlReader) readBang() (bool, error) {
	const comment, cdata, doctype = "<!--", "<![CDATA[", "<!DOCTYPE"
	for x.end-x.pos < len(cdata) && !x.eof {
		if err := x.fill(); err != nil {
			return false, err
		}
	}
	b := x.buf[x.pos:x.end]
	switch {
	case bytes.HasPrefix(b, []byte(comment)):
		n, err := x.until("-->", len(comment))
		if err != nil {
			return false, err
		}
		inside := x.buf[x.pos+len(comment) : x.pos+n-len("-->")]
		if bytes.Contains(inside, []byte("--")) || bytes.HasSuffix(inside, []byte("-")) {
			return false, x.fail(KindMalformedXML, "-- inside a comment")
		}
		x.pos += n
		return false, nil
	case bytes.HasPrefix(b, []byte(cdata)) && len(x.open) > 0:
		return true, x.readCDATA(len(cdata))
	case len(b) >= len(doctype) && bytes.EqualFold(b[:len(doctype)], []byte(doctype)):
		return false, x.fail(KindDOCTYPE, "document type declaration")
	case x.eof && len(b) < len(cdata):
		return false, x.more()
	}
	return false, x.fail(KindMalformedXML, "<! that begins nothing")
}

// readCDATA takes <![CDATA[ … ]]>, whose text is as it stands but for line
// ends.
func (x *xmlReader) readCDATA(intro int) error {
	const outro = "]]>"
	n, err := x.until(outro, intro)
	if err != nil {
		return err
	}
	b := x.buf[x.pos+intro : x.pos+n-len(outro)]
	x.pos += n
	seen := kinds(b)
	if seen&byteControl != 0 || seen&byteHigh != 0 && !utf8.Valid(b) {
		return x.fail(KindMalformedXML, "character in CDATA")
	}
	if x.text = b; seen&byteReturn != 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		x.text = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	return nil
}

// readInstruction takes <? … ?>. There is nothing in it for a reader.
func (x *xmlReader) readInstruction() error {
	n, err := x.until("?>", len("<?"))
	if err != nil {
		return err
	}
	target := x.buf[x.pos+2 : x.pos+n-2]
	target = target[:nameEnd(target, 0)]
	if !goodName(target) || bytes.EqualFold(target, []byte("xml")) {
		return x.fail(KindMalformedXML, "processing instruction")
	}
	x.pos += n
	return nil
}

// keep gives b as a string that outlives the reading, counted against NameBytes
// of the file. When they are used up the next token is an error.
func (x *xmlReader) keep(b []byte) string {
	p := x.part.p
	if p.kept += int64(len(b)); p.kept > p.lim.NameBytes {
		x.over = x.tooLarge("NameBytes", "names and formats")
		return ""
	}
	return string(b)
}

// keepEscaped is keep for a name in which _xHHHH_ may stand.
func (x *xmlReader) keepEscaped(b []byte) string { return x.keep(decodeEscapes(bytes.Clone(b))) }

// fail makes the refusal of this part at this byte.
func (x *xmlReader) fail(kind ErrorKind, detail string) error {
	return &Error{Kind: kind, Part: x.part.part.name, Detail: fmt.Sprintf("%s, near byte %d", detail, x.base+int64(x.pos))}
}

// tooLarge makes the refusal for a limit.
func (x *xmlReader) tooLarge(limit, detail string) error {
	return &Error{Kind: KindTooLarge, Part: x.part.part.name, Limit: limit, Detail: detail}
}

package xlsx

import "bytes"

// leap reads over the rest of the element just opened and looks only for where
// it ends: comments, CDATA and attribute values are known for what they are, and a
// document type is refused, but whether what is inside is well-formed is left to
// whoever reads it. It is for a first reading of what is read again.
func (x *xmlReader) leap() error {
	if x.empty {
		x.empty = false
		x.pop()
		return nil
	}
	for depth := 1; depth > 0; {
		if err := x.toMarkup(); err != nil {
			return err
		}
		switch x.buf[x.pos+1] {
		case '/':
			n, err := x.until(">", len("</"))
			if err != nil {
				return err
			}
			x.pos += n
			depth--
		case '!':
			if _, err := x.readBang(); err != nil {
				return err
			}
		case '?':
			if err := x.readInstruction(); err != nil {
				return err
			}
		default:
			n, err := x.tagEnd()
			if err != nil {
				return err
			}
			if x.buf[x.pos+n-2] != '/' {
				depth++
			}
			x.pos += n
		}
	}
	x.pop()
	return nil
}

// toMarkup goes to the next < and the byte after it.
func (x *xmlReader) toMarkup() error {
	for {
		if i := bytes.IndexByte(x.buf[x.pos:x.end], '<'); i >= 0 {
			x.pos += i
			if x.end-x.pos >= 2 {
				return nil
			}
		} else {
			x.pos = x.end
		}
		if err := x.more(); err != nil {
			return err
		}
	}
}

// tagEnd gives the bytes that the start tag at pos takes: up to the > that is in
// no attribute value.
func (x *xmlReader) tagEnd() (int, error) {
	from, quote := 1, byte(0)
	for {
		b := x.buf[x.pos:x.end]
		for i := from; i < len(b); i++ {
			switch c := b[i]; {
			case quote != 0:
				// A value is most of a tag, and nothing in it is of interest.
				n := bytes.IndexByte(b[i:], quote)
				if n < 0 {
					n = len(b) - i
				} else {
					quote = 0
				}
				i += n
			case c == '>':
				return i + 1, nil
			case c == '"' || c == '\'':
				quote = c
			}
		}
		from = len(b)
		if err := x.more(); err != nil {
			return 0, err
		}
	}
}

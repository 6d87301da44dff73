package xlsx

// odsText gathers the text of a cell and the fonts in it.
type odsText struct {
	x     *xmlReader
	looks *odsLooks
	text  []byte
	runs  []Run
	lines int  // paragraphs begun
	space bool // white space here would be the first of a paragraph, or a second one
}

// begin forgets the cell before.
func (t *odsText) begin() { t.text, t.runs, t.lines = t.text[:0], t.runs[:0], 0 }

// block reads a paragraph, or what paragraphs are gathered in.
func (t *odsText) block() error {
	switch string(t.x.local) {
	case "p", "h":
		return t.paragraph()
	case "list", "list-item", "list-header", "section", "numbered-paragraph":
		return t.x.children(func() error {
			if t.x.space == spaceText {
				return t.block()
			}
			return t.x.skip()
		})
	case "soft-page-break", "tracked-changes", "sequence-decls", "user-field-decls", "variable-decls", "dde-connection-decls":
		return t.x.skip()
	}
	return t.x.fail(KindDamaged, "<"+quoteClip(t.x.name)+"> in a cell")
}

// paragraph reads <text:p>, which is a line of the text.
func (t *odsText) paragraph() error {
	font := t.looks.texts[string(t.x.spaceAttr(spaceText, "style-name"))]
	if t.lines++; t.lines > 1 {
		if err := t.add(font, '\n'); err != nil {
			return err
		}
	}
	t.space = true
	return t.inline(font)
}

// inline reads the text up to the end of the element just opened, and what is
// in it: pieces in a font of their own, links, fields.
func (t *odsText) inline(font string) error {
	for {
		token, err := t.x.next()
		switch {
		case err != nil || token == tokenEnd:
			return err
		case token == tokenText:
			err = t.characters(font)
		default:
			err = t.element(font)
		}
		if err != nil {
			return err
		}
	}
}

// element reads an element among the text. What is not known is read through:
// it is a field or mark of some kind, whose text is seen like any other.
func (t *odsText) element(font string) error {
	switch t.x.space {
	case spaceOffice, spaceDraw: // notes on the text, pictures in it
		return t.x.skip()
	case spaceTable:
		return t.x.fail(KindDamaged, "<"+quoteClip(t.x.name)+"> inside a text")
	case spaceText:
		switch string(t.x.local) {
		case "s":
			return t.spaces(font)
		case "tab":
			return t.mark(font, '\t')
		case "line-break":
			return t.mark(font, '\n')
		case "note", "ruby-text", "tracked-changes":
			return t.x.skip()
		case "span":
			if own := t.looks.texts[string(t.x.spaceAttr(spaceText, "style-name"))]; own != "" {
				font = own
			}
		}
	}
	return t.inline(font)
}

// spaces reads <text:s>, which stands for one space or several.
func (t *odsText) spaces(font string) error {
	n := 1
	if count := t.x.spaceAttr(spaceText, "c"); count != nil {
		var ok bool
		if n, ok = index(count); !ok || n > t.x.lim.CellRunes {
			return t.x.tooLarge("CellRunes", quoteClip(count)+" spaces")
		}
	}
	for range n {
		if err := t.add(font, ' '); err != nil {
			return err
		}
	}
	t.space = false
	return t.x.skip()
}

// mark reads an element that stands for one character.
func (t *odsText) mark(font string, c byte) error {
	if err := t.add(font, c); err != nil {
		return err
	}
	t.space = false
	return t.x.skip()
}

// characters adds what is written out. White space is one space however much of
// it there is, and none at the start of a line: writers put more into elements.
// What ends a line is kept, as LibreOffice writes a space there as it is.
func (t *odsText) characters(font string) error {
	b := t.x.text
	for len(b) > 0 {
		n := 0
		for n < len(b) && !isSpace(b[n]) {
			n++
		}
		if n > 0 {
			if err := t.add(font, b[:n]...); err != nil {
				return err
			}
			t.space = false
			b = b[n:]
			continue
		}
		if !t.space {
			if err := t.add(font, ' '); err != nil {
				return err
			}
			t.space = true
		}
		b = b[1:]
	}
	return nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// add appends bytes in a font. They are bounded here by what the most characters
// can take; [odsText.check] counts characters once, at the end.
func (t *odsText) add(font string, b ...byte) error {
	const widest = 4 // bytes of a character
	if len(t.text)+len(b) > widest*t.x.lim.CellRunes {
		return t.x.tooLarge("CellRunes", "text that does not end")
	}
	t.text = append(t.text, b...)
	if n := len(t.runs); n > 0 && t.runs[n-1].Font == font {
		t.runs[n-1].End = len(t.text)
		return nil
	}
	t.runs = append(t.runs, Run{font, len(t.text)})
	return nil
}

// check holds the text against the most a cell can have.
func (t *odsText) check() error { return t.x.checkLength(t.text) }

// fonts gives the runs of the text, nil if all of it is in the font of the cell.
func (t *odsText) fonts() []Run {
	for _, run := range t.runs {
		if run.Font != "" {
			return append([]Run(nil), t.runs...)
		}
	}
	return nil
}

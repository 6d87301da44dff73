package xlsx

import "strconv"

// readStyles reads the cell formats of a workbook: what its look tells about
// the meaning of a cell.
func (p *pkg) readStyles(part *part) ([]CellStyle, error) {
	x, err := p.xml(part)
	if err != nil {
		return nil, err
	}
	defer x.close()
	s := styleReader{x: x, formats: make(map[int]string)}
	err = x.document("styleSheet", func() error {
		switch string(x.local) {
		case "numFmts":
			return s.each("numFmt", s.readFormat)
		case "fonts":
			return s.each("font", s.readFont)
		case "cellXfs":
			return s.each("xf", s.readStyle)
		}
		return x.skip()
	})
	return s.styles, err
}

// styleReader gathers what the formats of cells refer to.
type styleReader struct {
	x       *xmlReader
	formats map[int]string
	fonts   []CellStyle // Font and Bold only
	styles  []CellStyle
	count   int
}

// each reads the children of a name with read, and counts them.
func (s *styleReader) each(name string, read func() error) error {
	s.count = 0
	return s.x.children(func() error {
		if !s.x.own || string(s.x.local) != name {
			return s.x.skip()
		}
		if s.count++; s.count > s.x.lim.Styles {
			return s.x.tooLarge("Styles", "too many <"+name+">")
		}
		return read()
	})
}

func (s *styleReader) readFormat() error {
	if id, err := strconv.Atoi(string(s.x.attr("numFmtId"))); err == nil {
		s.formats[id] = s.x.keepEscaped(s.x.attr("formatCode"))
	}
	return s.x.skip()
}

func (s *styleReader) readFont() error {
	var f CellStyle
	err := s.x.children(func() error {
		switch string(s.x.local) {
		case "name":
			f.Font = s.x.keep(s.x.attr("val"))
		case "b":
			f.Bold = s.x.attr("val") == nil || s.x.flag("val")
		}
		return s.x.skip()
	})
	s.fonts = append(s.fonts, f)
	return err
}

func (s *styleReader) readStyle() error {
	var style CellStyle
	if i, err := strconv.Atoi(string(s.x.attr("fontId"))); err == nil && 0 <= i && i < len(s.fonts) {
		style = s.fonts[i]
	}
	id, _ := strconv.Atoi(string(s.x.attr("numFmtId")))
	code, custom := s.formats[id]
	if !custom {
		code = builtinFormat(id)
	}
	style.NumFmt = code
	style.Date = isDateFormat(code)
	err := s.x.children(func() error {
		if string(s.x.local) == "alignment" {
			style.Indent, _ = strconv.Atoi(string(s.x.attr("indent")))
		}
		return s.x.skip()
	})
	s.styles = append(s.styles, style)
	return err
}

// builtinFormat gives the code behind the numbers that files use without
// saying what they mean. Where Excel varies it with its language, any code that
// keeps a date a date will do.
func builtinFormat(id int) string {
	if 0 <= id && id < len(builtins) && builtins[id] != "" {
		return builtins[id]
	}
	if 27 <= id && id <= 36 || 50 <= id && id <= 58 {
		return builtins[14]
	}
	return "General"
}

// builtins by number; never changed.
var builtins = [...]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"$"#,##0`, 6: `"$"#,##0`, 7: `"$"#,##0.00`, 8: `"$"#,##0.00`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
	41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}

// isDateFormat reports whether a format code shows numbers as date or time:
// its first section has one of y m d h s outside quotes, escapes and brackets,
// or counts elapsed time as [h].
func isDateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return false
		case '\\', '_', '*':
			i++ // the next character is shown, left blank or repeated
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '[':
			from := i + 1
			for i++; i < len(code) && code[i] != ']'; i++ {
			}
			if isElapsed(code[from:min(i, len(code))]) {
				return true
			}
		default:
			if isDateLetter(c) {
				return true
			}
		}
	}
	return false
}

// isElapsed reports whether the inside of a bracket is h, hh, mm and so on.
func isElapsed(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c != s[0]|0x20 || c != 'h' && c != 'm' && c != 's' {
			return false
		}
	}
	return s != ""
}

func isDateLetter(c byte) bool {
	switch c | 0x20 {
	case 'y', 'm', 'd', 'h', 's':
		return true
	}
	return false
}

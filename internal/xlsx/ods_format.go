package xlsx

import (
	"strconv"
	"strings"
)

// odsFormat is a number format in the spelling of Excel.
type odsFormat struct {
	code string
	date bool
}

// mostFormat is the longest code that Excel takes; what goes beyond is left out,
// for nothing is read from it.
const mostFormat = 255

// readFormat reads a number format, which OpenDocument writes as elements. What
// is asked of it is whether it shows percent or dates, and how a person would
// recognise it: the code need not be the very one that the workbook had.
func (l *odsLooks) readFormat(x *xmlReader) error {
	kind := string(x.local)
	name := x.keep(x.spaceAttr(spaceStyle, "name"))
	f := formatWriter{percent: kind == "percentage-style", elapsed: string(x.spaceAttr(spaceNumber, "truncate-on-overflow")) == "false"}
	var sections []string // for the numbers that a condition picks out
	first, mapped := odsFormat{}, false
	err := x.children(func() error {
		switch {
		case x.at(spaceStyle, "map"):
			if other, ok := l.codes[string(x.spaceAttr(spaceStyle, "apply-style-name"))]; ok {
				sections = append(sections, other.code)
				if !mapped {
					first, mapped = other, true
				}
			}
			return x.skip()
		case x.space == spaceNumber:
			return f.read(x)
		}
		return x.skip()
	})
	code := f.code(kind)
	date := kind == "date-style" || kind == "time-style"
	if mapped {
		code, date = strings.Join(append(sections, code), ";"), first.date
		if len(code) > mostFormat {
			code = first.code
		}
	}
	l.codes[name] = odsFormat{x.keep([]byte(code)), date}
	return err
}

// formatWriter makes a code of the elements of a number format.
type formatWriter struct {
	strings.Builder
	percent bool // a percent sign among its texts is one
	elapsed bool // hours go beyond the day
	plain   bool // a number with as many decimals as it has
}

// code gives the code of a format of a kind, "percentage-style" for one.
func (f *formatWriter) code(kind string) string {
	code := f.String()
	switch {
	case f.percent:
		return code + "%"
	case kind == "text-style" && code == "":
		return "@"
	case code == "", kind == "boolean-style", f.plain && code == "0":
		return "General"
	}
	return code
}

// read adds one element.
func (f *formatWriter) read(x *xmlReader) error {
	long := string(x.spaceAttr(spaceNumber, "style")) == "long"
	letters := func(short, full string) {
		if long {
			short = full
		}
		f.add(short)
	}
	switch string(x.local) {
	case "text", "currency-symbol":
		text, err := x.content(nil)
		f.literal(string(text))
		return err
	case "number":
		f.number(x, "")
	case "scientific-number":
		f.number(x, "E+00")
	case "fraction":
		f.add("# ?/?")
	case "text-content":
		f.add("@")
	case "day":
		letters("d", "dd")
	case "month":
		switch {
		case string(x.spaceAttr(spaceNumber, "textual")) == "true":
			letters("mmm", "mmmm")
		default:
			letters("m", "mm")
		}
	case "year", "era":
		letters("yy", "yyyy")
	case "day-of-week":
		letters("ddd", "dddd")
	case "hours":
		if f.elapsed {
			f.add("[h]")
			break
		}
		letters("h", "hh")
	case "minutes":
		letters("m", "mm")
	case "seconds":
		letters("s", "ss")
		f.decimals(x)
	case "am-pm":
		f.add("AM/PM")
	}
	return x.skip()
}

// number adds a number with its groups and decimals.
func (f *formatWriter) number(x *xmlReader, exponent string) {
	f.plain = x.spaceAttr(spaceNumber, "decimal-places") == nil && exponent == ""
	if string(x.spaceAttr(spaceNumber, "grouping")) == "true" {
		f.add("#,##")
	}
	f.add(strings.Repeat("0", max(1, small(x.spaceAttr(spaceNumber, "min-integer-digits")))))
	f.decimals(x)
	f.add(exponent)
}

// decimals adds the places after the point.
func (f *formatWriter) decimals(x *xmlReader) {
	if n := small(x.spaceAttr(spaceNumber, "decimal-places")); n > 0 {
		f.add("." + strings.Repeat("0", n))
	}
}

// small reads a number of digits, of which no format has many.
func small(digits []byte) int {
	const most = 30
	n, err := strconv.Atoi(string(digits))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, most)
}

// literal adds text that is shown as it is.
func (f *formatWriter) literal(text string) {
	if before, after, found := strings.Cut(text, "%"); found && f.percent {
		f.literal(before)
		f.add("%")
		f.percent = false
		f.literal(after)
		return
	}
	switch text {
	case "", " ", "-", "/", ":", ".", ",":
		f.add(text)
		return
	}
	f.add(`"` + strings.ReplaceAll(text, `"`, "") + `"`)
}

func (f *formatWriter) add(code string) {
	if f.Len()+len(code) <= mostFormat {
		f.WriteString(code)
	}
}

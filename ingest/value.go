package ingest

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// question is what is asked of one cell.
type question struct {
	ind   *report.Indicator
	row   string     // what the row or column is called, for the reader of a finding
	shift int        // powers of ten from what is written to the indicator's unit
	habit viet.Habit // how the other texts of the column write numbers
	notes []note     // room for those of the answer
}

// answer is what a cell says: a value, or a fault that keeps it from being one,
// and how the value was come by.
type answer struct {
	value report.Value
	notes []note       // without their place; good until the next answer
	wrong *fault.Fault // without its place

	also fault.Code // what was done to it and is said elsewhere, "" for nothing
}

// read interprets a cell as an answer to a question. It never guesses: what can
// be understood in two ways is a fault that asks (law 5).
func (q question) read(c *sheet.Cell, date1904 bool) answer {
	switch {
	case c.NoValue:
		return q.wrong(fault.FormulaWithoutValue, "", fault.A("formula", formulaShown(c)))
	case c.Type == xlsx.TypeError:
		return q.wrong(fault.ErrorCell, c.Text)
	}
	switch q.ind.Type {
	case report.TypeBool:
		return q.readBool(c)
	case report.TypeText:
		return q.readText(c, date1904)
	}
	switch c.Type {
	case xlsx.Number:
		return q.readNumber(c)
	case xlsx.Date:
		return q.wrong(fault.DateForNumber, dateShown(c.Text, date1904))
	case xlsx.Bool:
		return q.wrong(fault.YesNoForNumber, truthShown(c.Text))
	}
	return q.readFigureText(c.Text)
}

func formulaShown(c *sheet.Cell) string {
	if c.Formula == "" {
		return ""
	}
	return "=" + c.Formula
}

func dateShown(text string, date1904 bool) string {
	if t, ok := xlsx.ParseDate(text, date1904); ok {
		return t.Format("02/01/2006")
	}
	return text
}

// truthShown is a truth value as a sheet shows it.
func truthShown(text string) string {
	if text == "1" {
		return "TRUE"
	}
	return "FALSE"
}

// wrong is an answer that is none. What was got is "" where the words of the
// fault do not say it.
func (q question) wrong(code fault.Code, got string, args ...fault.Arg) answer {
	f := fault.New(code, q.args(got)...).With(args...)
	return answer{wrong: &f}
}

// args are the arguments that findings about a value have in common.
func (q question) args(got string) []fault.Arg {
	args := []fault.Arg{fault.A("label", label(q.ind)), fault.A("got", got)}
	if q.row != "" {
		args = append(args, fault.A("row", q.row))
	}
	return args
}

// readNumber takes a numeric cell: what it stores is what it says.
func (q question) readNumber(c *sheet.Cell) answer {
	d, rounded, err := decimal.FromStored(c.Text)
	if err != nil {
		return q.wrong(fault.NumberTooLarge, c.Text)
	}
	var a answer
	if rounded {
		a.note(q, note{code: fault.DigitsRounded, label: label(q.ind), got: c.Text, used: d.String()})
	}
	if c.Percent {
		shown, err := d.Mul(decimal.FromInt(100))
		if err != nil {
			return q.wrong(fault.NumberTooLarge, c.Text)
		}
		got := decimal.FormatVI(shown, shown.Scale()) + "%"
		if !isPercentUnit(q.ind.Unit) {
			return q.wrong(fault.PercentForNumber, got, fault.A("expected", unitShown(q.ind)))
		}
		a.note(q, note{code: fault.PercentTaken, label: label(q.ind), got: got, used: shown.String()})
		d = shown
	}
	return q.number(a, d, "")
}

func isPercentUnit(unit string) bool { return strings.TrimSpace(unit) == "%" }

func unitShown(ind *report.Indicator) string {
	if ind.Unit == "" {
		return "số"
	}
	return ind.Unit
}

// readFigureText takes text where a figure is asked.
func (q question) readFigureText(text string) answer {
	if text == "" {
		return answer{}
	}
	if mark := viet.MarkOfFigure(text); mark != viet.NoMark {
		return q.readMark(mark, text)
	}
	r, err := viet.Number(text)
	switch {
	case errors.Is(err, viet.ErrApproximate):
		return q.wrong(fault.NumberNotExact, text)
	case errors.Is(err, viet.ErrTooLong):
		return q.wrong(fault.NumberTooLarge, clipped(text))
	case err != nil:
		return q.wrong(fault.NotANumber, clipped(text))
	}
	var a answer
	if r.Percent && !isPercentUnit(q.ind.Unit) {
		return q.wrong(fault.PercentForNumber, text, fault.A("expected", unitShown(q.ind)))
	}
	how := fault.NumberFromText
	switch {
	case r.Rest != "":
		powers, ok := viet.ParseUnit(r.Rest).Shift(viet.ParseUnit(q.ind.Unit))
		if !ok {
			return q.wrong(fault.NumberWithWords, text, fault.A("expected", q.ind.Unit))
		}
		q.shift, how = powers, fault.UnitDropped // what the cell says goes before what stands over it
	case r.Percent:
		how = fault.PercentTaken
	}
	d, byColumn, ok := q.decide(r)
	switch {
	case !ok:
		return q.wrong(fault.NumberAmbiguous, text, fault.A("first", r.Value.String()), fault.A("second", r.Other.String()))
	case byColumn && how == fault.NumberFromText:
		how = fault.NumberByColumn
	}
	said := note{code: how, label: label(q.ind), got: text, used: d.String()}
	if how == fault.UnitDropped && q.shift != 0 {
		if used, err := d.Shift(q.shift); err == nil {
			said.code, said.used, said.expected = fault.CellConverted, used.String(), q.ind.Unit
		}
	}
	a.note(q, said)
	a = q.number(a, d, text)
	if r.Rest != "" {
		a.also = "" // the unit over the cell was not asked
	}
	return a
}

// decide chooses between two readings of a number: by what the indicator may be,
// when only one fits, and by how the rest of the column is written. Where the two
// disagree it is asked. byColumn says that only the column told.
func (q question) decide(r viet.Reading) (d decimal.Decimal, byColumn, ok bool) {
	if !r.Ambiguous {
		return r.Value, false, true
	}
	fits, known := q.fitting(r)
	written, told := r.By(q.habit)
	switch {
	case known && told && fits != written:
		return d, false, false
	case known:
		return fits, false, true
	case told && written.Scale() <= q.ind.Scale && q.ind.Type != report.TypeInt:
		return written, true, true
	}
	return d, false, false
}

// fitting gives the only reading of a number that the indicator may be. Whole
// numbers are not written with decimals, so there a dot can only group thousands.
func (q question) fitting(r viet.Reading) (decimal.Decimal, bool) {
	scale := q.ind.Scale
	if q.ind.Type == report.TypeInt {
		if !r.Comma {
			return r.Value, true
		}
		scale = 0
	}
	first, second := r.Value.Scale() <= scale, r.Other.Scale() <= scale
	switch {
	case first && !second:
		return r.Value, true
	case second && !first && q.ind.Type == report.TypeInt:
		return r.Other, true
	}
	return decimal.Decimal{}, false
}

// readMark takes a mark for nothing.
func (q question) readMark(mark viet.Mark, text string) answer {
	var a answer
	var how fault.Code
	switch mark {
	case viet.MarkNil:
		a.value.Kind, how = report.Nil, fault.NilUnderstood
	case viet.NotCollected:
		a.value.Kind, how = report.NotCollected, fault.NotCollectedUnderstood
	default:
		a.value.Kind, how = report.NotApplicable, fault.NotApplicableUnderstood
	}
	a.note(q, note{code: how, label: label(q.ind), got: text})
	return q.mark(a, text)
}

// mark refuses a mark where a figure is required: nothing having occurred is an
// answer, not knowing is none.
func (q question) mark(a answer, text string) answer {
	if q.ind.Required && a.value.Kind != report.Nil {
		return q.wrong(fault.MarkNotTaken, text)
	}
	return a
}

// number checks a figure against what the indicator may be. got is how it was
// written, "" where it was a number already.
func (q question) number(a answer, written decimal.Decimal, got string) answer {
	d, err := written.Shift(q.shift)
	refuse := func(code fault.Code, args ...fault.Arg) answer {
		if got == "" {
			got = decimal.FormatVI(written, written.Scale())
		}
		return q.wrong(code, got, args...)
	}
	if err != nil {
		return refuse(fault.NumberTooLarge)
	}
	ind := q.ind
	switch {
	case ind.Type == report.TypeInt && !d.IsInteger():
		below := d.Round(0, decimal.Floor)
		above, err := below.Add(decimal.FromInt(1))
		if err != nil {
			return refuse(fault.NotWhole)
		}
		return refuse(fault.NotWhole, fault.A("below", below.String()), fault.A("above", above.String()))
	case ind.Type == report.TypeDec && d.Scale() > ind.Scale && !derived(ind):
		return refuse(fault.TooManyDecimals, fault.A("scale", strconv.Itoa(ind.Scale)))
	case ind.Min == nil && d.Sign() < 0:
		return refuse(fault.Negative)
	case ind.Min != nil && d.Cmp(*ind.Min) < 0:
		return refuse(fault.BelowMinimum, fault.A("min", ind.Min.String()))
	case ind.Max != nil && d.Cmp(*ind.Max) > 0:
		return refuse(fault.AboveMaximum, fault.A("max", ind.Max.String()))
	}
	a.value = report.NumberOf(d)
	if q.shift != 0 {
		a.also = fault.ScaleConverted
	}
	return a
}

// readBool takes an answer to a question of yes or no.
func (q question) readBool(c *sheet.Cell) answer {
	switch c.Type {
	case xlsx.Bool:
		return answer{value: report.BoolOf(c.Text == "1")}
	case xlsx.Date:
		return q.wrong(fault.NotYesNo, c.Text)
	}
	return q.readBoolText(c.Text)
}

// readBoolText takes words where a yes or no is asked.
func (q question) readBoolText(text string) answer {
	var a answer
	text, _ = viet.Clean(text)
	if text == "" {
		return a
	}
	if yes, ok := viet.YesNo(text); ok {
		a.value = report.BoolOf(yes)
		if key := viet.Key(text); key != yesKey && key != noKey {
			word := "không"
			if yes {
				word = "có"
			}
			a.note(q, note{code: fault.NameMatched, got: text, used: word})
		}
		return a
	}
	if mark := viet.MarkOf(text); mark != viet.NoMark {
		return q.readMark(mark, text)
	}
	return q.wrong(fault.NotYesNo, clipped(text))
}

var yesKey, noKey = viet.Key("có"), viet.Key("không")

// readText takes words.
func (q question) readText(c *sheet.Cell, date1904 bool) answer {
	text := c.Text
	switch c.Type {
	case xlsx.Date:
		text = dateShown(text, date1904)
	case xlsx.Number:
		if d, _, err := decimal.FromStored(text); err == nil {
			text = decimal.FormatVI(d, d.Scale())
		}
	case xlsx.Bool:
		text = map[bool]string{true: "Đúng", false: "Sai"}[text == "1"]
	}
	a := q.words(text)
	switch c.Change.Decoded {
	case viet.TCVN3, viet.VNI:
		a.also = fault.OldCodeRead
	case viet.Misread:
		a.also = fault.MisreadHealed
	}
	return a
}

// words checks a text against what the indicator may be.
func (q question) words(text string) answer {
	var a answer
	if text == "" {
		return a
	}
	if viet.Broken(text) {
		return q.wrong(fault.TextBroken, clipped(text))
	}
	if mark := viet.MarkOf(text); mark != viet.NoMark {
		return q.readMark(mark, text)
	}
	if n := utf8.RuneCountInString(text); q.ind.MaxLen > 0 && n > q.ind.MaxLen {
		return q.wrong(fault.TextTooLong, "", fault.A("length", strconv.Itoa(n)), fault.A("limit", strconv.Itoa(q.ind.MaxLen)))
	}
	if len(q.ind.Options) == 0 {
		a.value = report.TextOf(text)
		return a
	}
	for _, option := range q.ind.Options {
		if viet.Key(option) != viet.Key(text) {
			continue
		}
		a.value = report.TextOf(option)
		if option != text {
			a.note(q, note{code: fault.NameMatched, got: text, used: option})
		}
		return a
	}
	return q.wrong(fault.NotAnOption, clipped(text), fault.A("near", match.Nearest(text, q.ind.Options)), fault.A("choices", strings.Join(q.ind.Options, "; ")))
}

// clipped keeps foreign text short in a finding.
func clipped(s string) string {
	const most = 80
	s, _ = viet.Clean(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

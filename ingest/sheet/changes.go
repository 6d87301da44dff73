package sheet

import (
	"strconv"
	"strings"
	"unicode"

	"tonghop/ingest/viet"
	"tonghop/report/fault"
)

// Changes counts what was done to the texts of cells, and keeps those that have to
// be asked for.
type Changes struct {
	Composed, Spaced int

	tcvn3, vni, misread int
	doubtful, lost      []*Cell
}

// Add takes a cell in.
func (n *Changes) Add(c *Cell) {
	if c.Change == (viet.Change{}) {
		return
	}
	if c.Change.Composed {
		n.Composed++
	}
	if c.Change.Spaced {
		n.Spaced++
	}
	switch c.Change.Decoded {
	case viet.TCVN3:
		n.tcvn3++
	case viet.VNI:
		n.vni++
	case viet.Misread:
		n.misread++
	}
	if c.Change.Doubt {
		n.doubtful = append(n.doubtful, c)
	}
	if c.Change.Lost {
		n.lost = append(n.lost, c)
	}
}

// Codes says which texts of a sheet were read from another code, which may be in
// one, and which have lost letters.
func (n *Changes) Codes(sheet string) []fault.Fault {
	var out []fault.Fault
	count := func(code fault.Code, cells int, args ...fault.Arg) {
		if cells > 0 {
			out = append(out, fault.New(code, append(args, fault.A("count", strconv.Itoa(cells)))...).At(sheet, ""))
		}
	}
	count(fault.OldCodeRead, n.tcvn3, fault.A("got", viet.TCVN3.String()))
	count(fault.OldCodeRead, n.vni, fault.A("got", viet.VNI.String()))
	count(fault.MisreadHealed, n.misread)
	if len(n.doubtful) > 0 {
		first := n.doubtful[0]
		out = append(out, ask(sheet, fault.OldCodeDoubtful, n.doubtful, fault.A("used", short(viet.OtherReading(first.Text)))))
	}
	if len(n.lost) > 0 {
		out = append(out, ask(sheet, fault.LettersLost, n.lost))
	}
	return out
}

// ask asks for the words of cells that may say something else, at the first of
// them.
func ask(sheet string, code fault.Code, cells []*Cell, args ...fault.Arg) fault.Fault {
	args = append([]fault.Arg{fault.A("got", short(cells[0].Text))}, args...)
	if more := len(cells) - 1; more > 0 {
		args = append(args, fault.A("count", strconv.Itoa(more)))
	}
	return fault.New(code, args...).At(sheet, cells[0].Ref())
}

// short keeps foreign text short in a finding.
func short(s string) string {
	const most = 80
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

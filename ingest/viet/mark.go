package viet

import "strings"

// Mark is what stands in a cell instead of a figure.
type Mark uint8

// The marks. Statistics offices keep them apart, and so does law 8: nothing
// occurred, something occurred but nobody counted it, the question does not
// apply.
const (
	NoMark        Mark = iota
	MarkNil            // "-", "KPS", "không phát sinh"
	NotCollected       // "…", "..", "đang cập nhật"
	NotApplicable      // "x"
)

// markWords are the marks written in words, by key.
var markWords = map[string]Mark{
	Key("KPS"):                      MarkNil,
	Key("K.P.S"):                    MarkNil,
	Key("không phát sinh"):          MarkNil,
	Key("không có phát sinh"):       MarkNil,
	Key("không phát sinh trong kỳ"): MarkNil,
	Key("chưa phát sinh"):           MarkNil,
	Key("không PS"):                 MarkNil,
	Key("ko phát sinh"):             MarkNil,
	Key("đang cập nhật"):            NotCollected,
	Key("chưa có số liệu"):          NotCollected,
	Key("chưa thu thập"):            NotCollected,
	Key("chưa thu thập được"):       NotCollected,
	Key("chưa thống kê"):            NotCollected,
	Key("chưa tổng hợp"):            NotCollected,
	Key("không thuộc đối tượng"):    NotApplicable,
	Key("không áp dụng"):            NotApplicable,
	Key("N/A"):                      NotApplicable,
	Key("x"):                        NotApplicable,
}

// noneWords mean nil where a figure is asked; where words are asked they may be
// an answer of their own.
var noneWords = map[string]bool{Key("không"): true, Key("không có"): true, Key("không có gì"): true}

// MarkOf reads a mark for nothing. The text is what [Clean] gives.
func MarkOf(s string) Mark {
	if s == "" || s == "." {
		return NoMark
	}
	if strings.Trim(s, ".… ") == "" {
		return NotCollected
	}
	if strings.Trim(s, "-–—−‒") == "" {
		return MarkNil
	}
	if len(s) > 64 { // no mark is that long: spare the work
		return NoMark
	}
	return markWords[Key(s)]
}

// MarkOfFigure is [MarkOf] for a cell where a figure is asked: there "không"
// says that there was none.
func MarkOfFigure(s string) Mark {
	if m := MarkOf(s); m != NoMark {
		return m
	}
	if len(s) <= 64 && noneWords[Key(s)] {
		return MarkNil
	}
	return NoMark
}

// yesWords and noWords are the answers to a question of yes or no, by key.
var (
	yesWords = keySet("có", "x", "đạt", "đúng", "đã", "rồi", "yes", "y", "true", "1", "đã thực hiện", "có thực hiện", "bảo đảm", "đảm bảo", "✓", "✔")
	noWords  = keySet("không", "không đạt", "sai", "chưa", "no", "n", "false", "0", "chưa đạt", "chưa thực hiện", "không thực hiện", "không bảo đảm", "không đảm bảo", "ko", "k")
)

func keySet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[Key(w)] = true
	}
	delete(set, "")
	return set
}

// YesNo reads an answer to a question of yes or no; ok is false when it is
// neither.
func YesNo(s string) (yes, ok bool) {
	if len(s) > 64 {
		return false, false
	}
	switch s {
	case "✓", "✔", "☑", "☒", "√":
		return true, true
	}
	key := Key(s)
	return yesWords[key], yesWords[key] || noWords[key]
}

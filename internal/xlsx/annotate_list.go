package xlsx

import "strings"

// Answer is what somebody wrote in a list of ours beside one of its rows.
type Answer struct {
	Code, Sheet, Cell string // what the row is about, from the hidden columns
	Text              string // "" where nothing was written
	Ref               string // the cell of the list in which it stands
}

// The hidden columns of a list, in rows below the first.
const (
	ListCode  = 1
	ListSheet = 2
	ListCell  = 3
)

// ReadAnswers reads the rows of a list of ours ([IsListMark]) with what was answered, from above. text
// gives what stands in a cell, "" where nothing does, in the rows and columns up to
// the last. A list of another layout has none that could be read.
func ReadAnswers(text func(row, col int) string, lastRow, lastCol int) []Answer {
	if text(1, 1) != ListMark {
		return nil
	}
	column := 0
	for col := 1; col <= lastCol; col++ {
		if text(1, col) == AnswerMark {
			column = col
		}
	}
	var out []Answer
	for row := 2; row <= lastRow && column > 0; row++ {
		if code := text(row, ListCode); code != "" {
			out = append(out, Answer{Code: code, Sheet: text(row, ListSheet), Cell: text(row, ListCell), Text: strings.TrimSpace(text(row, column)), Ref: Ref(row, column)})
		}
	}
	return out
}

package outlinetest

import (
	"fmt"
	"strings"
)

// Percent writes a share of a whole to a hundredth of a percent, rounded down:
// only what is whole is 100.00. Of nothing it is "-".
func Percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	n := part * 10_000 / whole
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

// Markdown writes the scores as a table for people, one line for each task.
func (s Scores) Markdown() string {
	var b strings.Builder
	b.WriteString("| task | there were | answered | right | precision % | recall % |\n| --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, task := range AllTasks {
		t := s.of(task)
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %s | %s |\n", task, t.Gold, t.Got, t.Right, Percent(t.Right, t.Got), Percent(t.Right, t.Gold))
	}
	return b.String()
}

// The marks in a page between which measured results stand.
const (
	resultsBegin = "<!-- results: begin -->\n"
	resultsEnd   = "<!-- results: end -->\n"
)

// PutResults puts a text between the marks of a page, in place of what stood there.
func PutResults(page, results string) (string, error) {
	before, rest, ok := strings.Cut(page, resultsBegin)
	_, after, ok2 := strings.Cut(rest, resultsEnd)
	if !ok || !ok2 {
		return "", fmt.Errorf("page without the marks %q and %q", strings.TrimSpace(resultsBegin), strings.TrimSpace(resultsEnd))
	}
	return before + resultsBegin + "\n" + strings.TrimSpace(results) + "\n\n" + resultsEnd + after, nil
}

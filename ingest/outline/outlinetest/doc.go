// Package outlinetest makes Vietnamese report tables whose meaning is known, and
// measures how much of that meaning a reader finds.
//
// [Generate] draws a workbook as a clerk would and writes down, while drawing,
// what every column and every row of it is: the gold. It takes its habits from
// real papers and knows nothing of any reader. What a person could not tell
// either is not drawn, or the gold says that any answer will do.
//
// [Score] holds a reading against the gold, task by task: what was found of what
// there is (recall), and what is right of what was found (precision).
package outlinetest

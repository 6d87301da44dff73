package aggregate

import (
	"slices"
	"time"
)

// outlook is the figures that are given out, and what they are worth.
type outlook struct {
	*cube
	official    bool // of approved submissions only
	provisional bool // TẠM TÍNH
}

// outlook chooses the figures that answer a question at a moment. There is one
// rule, for every table, figure, workbook and board. Figures are official where
// only approved ones are asked for, and by themselves once the request is closed
// and everything that is heard is approved: then both are the same figures. They
// are TẠM TÍNH while they are not official, while the request is open, and while
// someone is missing.
func (f *figures) outlook(approvedOnly bool, at time.Time) outlook {
	closed := f.book.IsClosed(at)
	official := approvedOnly || closed && f.isAllApproved()
	c := f.layer(official)
	return outlook{cube: c, official: official, provisional: !official || !closed || slices.Contains(c.parts, nil)}
}

// isAllApproved reports whether no submission that stands waits for an approval.
func (f *figures) isAllApproved() bool {
	return slices.EqualFunc(f.provisional.parts, f.official.parts, func(a, b *contribution) bool {
		if a == nil || b == nil {
			return a == b
		}
		return a.submission.ID == b.submission.ID
	})
}

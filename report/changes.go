package report

import (
	"fmt"
	"time"
)

// Changes is the difference of two moments of a request, explained: every figure
// that differs, and the deeds that led from the one to the other.
type Changes struct {
	Request  string    `json:"request"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	Official bool      `json:"official"` // of approved figures only
	Deeds    []Deed    `json:"deeds"`    // that changed a figure, in order of time
	Totals   []Changed `json:"totals"`   // over all agencies and places: by indicator
	Cells    []Changed `json:"cells"`    // by agency, place, indicator: in the order of roster, register, definition
}

// Deed is an event that may have changed figures. Deeds of one and the same moment cannot
// be told apart by what they led to, and stand together in [Step.Deeds].
type Deed struct {
	Event  string    `json:"event"` // its ID
	Kind   EventKind `json:"kind"`
	At     time.Time `json:"at"`
	Actor  Actor     `json:"actor"`
	Agency string    `json:"agency,omitempty"` // whose return it is about; empty: the request itself
	// Version and File are those of the submission it makes or is about.
	Version int    `json:"version,omitempty"`
	Upload  string `json:"upload,omitempty"`
	File    string `json:"file,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

// Changed is a figure that differs between two moments. An axis that is summed over is
// null, and so is a value where there is none, with a mark that says why.
type Changed struct {
	Agency    *string `json:"agency"`
	Place     *string `json:"place"`
	Indicator string  `json:"indicator"`
	Old       *string `json:"old"`
	OldMark   Mark    `json:"oldMark"`
	New       *string `json:"new"`
	NewMark   Mark    `json:"newMark"`
	Steps     []Step  `json:"steps"` // the last leads to New
}

// Step is one change of a figure, with the deeds that made it.
type Step struct {
	Deeds []int   `json:"deeds"` // positions in [Changes.Deeds]
	Value *string `json:"value"`
	Mark  Mark    `json:"mark"`
}

// Signed gives the newest official summary of a request that was written and kept; nil
// where there is none.
func (l *Ledger) Signed(request string) *Event {
	for i := len(l.Exports) - 1; i >= 0; i-- {
		if e := l.Exports[i]; e.Key.Name == request && !e.Body.(*Exported).Provisional {
			return e
		}
	}
	return nil
}

// Words says what was done, without who and when.
func (d *Deed) Words() Text {
	w := deedWords[d.Kind]
	if w == (Text{}) {
		w = Text{VI: string(d.Kind), EN: string(d.Kind)}
	}
	if d.Version > 0 {
		w.VI += fmt.Sprintf(" bản %d", d.Version)
		w.EN += fmt.Sprintf(" version %d", d.Version)
	}
	if d.File != "" && (d.Kind == KindSubmitted || d.Kind == KindChecked) {
		w.VI += " (" + d.File + ")"
		w.EN += " (" + d.File + ")"
	}
	if d.Reason != "" {
		w.VI += ": " + d.Reason
		w.EN += ": " + d.Reason
	}
	return w
}

var deedWords = map[EventKind]Text{
	KindRequest:   {VI: "sửa yêu cầu", EN: "changed the request"},
	KindChecked:   {VI: "đọc lại tệp của", EN: "read the file again of"},
	KindSubmitted: {VI: "nộp", EN: "submitted"},
	KindWithdrawn: {VI: "thu hồi", EN: "withdrew"},
	KindApproved:  {VI: "duyệt", EN: "approved"},
	KindReturned:  {VI: "trả lại", EN: "sent back"},
	KindAdjusted:  {VI: "điều chỉnh", EN: "adjusted"},
	KindClosed:    {VI: "khóa kỳ báo cáo", EN: "closed the request"},
	KindReopened:  {VI: "mở lại kỳ báo cáo", EN: "reopened the request"},
}

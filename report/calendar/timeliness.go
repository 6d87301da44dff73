package calendar

import "fmt"

// Standing is how a report stands to its due date.
type Standing string

// The standings. The zero Standing means that nothing was received, or nothing judged.
const (
	NotJudged     Standing = ""
	OnTime        Standing = "on-time"         // not after the strict last day
	OnTimeLenient Standing = "on-time-lenient" // after it, but not after the lenient one
	Late          Standing = "late"            // after both
)

// Timeliness is the result of [Due.Judge]. It is comparable; the zero value is not judged.
type Timeliness struct {
	Standing Standing `json:"standing,omitempty"`
	DaysLate int      `json:"daysLate,omitempty"` // days after the lenient last day; 0 unless Late
}

// IsLate says that the report came after both last days.
func (t Timeliness) IsLate() bool { return t.Standing == Late }

// VI puts t in Vietnamese; nothing where it was not judged.
func (t Timeliness) VI() string {
	switch t.Standing {
	case OnTime:
		return "đúng hạn"
	case OnTimeLenient:
		return "đúng hạn theo cách hiểu rộng"
	case Late:
		return fmt.Sprintf("chậm %d ngày", t.DaysLate)
	default:
		return ""
	}
}

// EN puts t in English; nothing where it was not judged.
func (t Timeliness) EN() string {
	switch t.Standing {
	case OnTime:
		return "on time"
	case OnTimeLenient:
		return "on time by the lenient reading"
	case Late:
		if t.DaysLate == 1 {
			return "1 day late"
		}
		return fmt.Sprintf("%d days late", t.DaysLate)
	default:
		return ""
	}
}

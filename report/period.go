package report

import "tonghop/report/calendar"

// PeriodUnder gives the period a request is about, under its own calendar or
// the definition's. The error is the calendar's: an unknown name, a key that is
// none, a window without days.
func (r *Request) PeriodUnder(d *Definition) (calendar.Period, error) {
	cal, err := d.CalendarNamed(r.Calendar)
	if r.Period != "" && err == nil {
		return calendar.ParsePeriod(cal, r.Period)
	}
	return calendar.FreePeriod(cal, r.From, r.To)
}

// Before gives the request of the period before a request's: of the same
// definition, about the same area by the same register, under the same calendar,
// for the period of the same kind that ends the day before; nil when there is
// none. Where several were opened for that period, the one with the first code
// is taken by all readers alike.
func (l *Ledger) Before(book *RequestBook) *RequestBook {
	period, ok := l.periodOf(book)
	if !ok {
		return nil
	}
	for _, code := range l.RequestCodes() {
		other := l.Requests[code]
		if !other.Request.Repeats(book.Request) {
			continue
		}
		if p, ok := l.periodOf(other); ok && p.Calendar.Name() == period.Calendar.Name() && p.Kind == period.Kind && p.To.AddDays(1) == period.From {
			return other
		}
	}
	return nil
}

// Repeats reports whether two requests ask the same of the same area. Codes of
// agencies and places mean something only within a register.
func (r *Request) Repeats(other *Request) bool {
	return r.Definition == other.Definition && r.Register == other.Register && r.Place == other.Place
}

func (l *Ledger) periodOf(book *RequestBook) (calendar.Period, bool) {
	def := l.Definition(book.Request.Definition, book.Request.Version)
	if def == nil {
		return calendar.Period{}, false
	}
	p, err := book.Request.PeriodUnder(def)
	return p, err == nil
}

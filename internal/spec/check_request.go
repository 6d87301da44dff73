package spec

import (
	"errors"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// request checks what a request says by itself.
func (c *checker) request(r *report.Request) {
	c.code("request", "request", r.Code, report.IsCode)
	c.required("title", r.Title.VI)
	c.code("definition", "definition", r.Definition, report.IsCode)
	c.code("version", "version", r.Version, report.IsIndicatorCode)
	c.code("register", "register", r.Register, report.IsCode)
	c.code("registerVersion", "registerVersion", r.Registered, report.IsIndicatorCode)
	c.code("place", "place", r.Place, report.IsCode)
	c.required("issuer/name", r.Issuer.Name)
	c.calendar(r.Calendar)
	c.window(r)
	c.due(r)
	if len(r.Agencies) == 0 {
		c.add("agencies", fault.New(fault.ListEmpty, say("field", "agencies")))
	}
	once := seen{}
	for n, a := range r.Agencies {
		c.code(join("agencies", n), "agencies", a, report.IsCode)
		c.twice(once, join("agencies", n), a, n)
	}
}

// window checks the time that is reported on: a period, or two days.
func (c *checker) window(r *report.Request) {
	c.span("from", "from", r.From, r.To)
	switch {
	case r.Period == "":
		if r.From.IsZero() != r.To.IsZero() {
			missing := "to"
			if r.From.IsZero() {
				missing = "from"
			}
			c.add(missing, fault.New(fault.FieldMissing, say("field", missing)))
		}
	case !r.From.IsZero() || !r.To.IsZero():
		c.add("period", fault.New(fault.FieldWrongType, say("field", "period"), say("got", r.Period),
			fault.Both("expected", "hoặc period, hoặc from và to", "either period, or from and to")))
	default:
		if _, err := calendar.ParsePeriod(requestCalendar(r, nil), r.Period); err != nil {
			c.add("period", fault.New(fault.FieldWrongType, say("field", "period"), say("got", r.Period),
				fault.Both("expected", "tên kỳ như 2021-M04, 2021-Q2, 2021-H1, 2021-9M, 2021", "a period such as 2021-M04, 2021-Q2, 2021-H1, 2021-9M, 2021")))
		}
	}
}

// requestCalendar is the calendar in force for a request: its own, that of its
// definition, or the civil one.
func requestCalendar(r *report.Request, def *report.Definition) calendar.Calendar {
	if def == nil {
		def = &report.Definition{}
	}
	if cal, err := def.CalendarNamed(r.Calendar); err == nil {
		return cal
	}
	return calendar.Civil()
}

// due checks the day by which reports are due.
func (c *checker) due(r *report.Request) {
	if r.Due.IsZero() {
		c.add("due", fault.New(fault.FieldMissing, say("field", "due")))
		return
	}
	if err := r.Due.Validate(); err != nil {
		c.add("due", fault.New(fault.FieldWrongType, say("field", "due"), say("got", string(r.Due.Wording)),
			fault.Both("expected", "wording (before, by, until hoặc within) và đúng một trong date, day, workingDays, days",
				"a wording (before, by, until or within) and exactly one of date, day, workingDays, days")))
	}
}

// references checks a request against what it names.
func (c *checker) references(r *report.Request, def *report.Definition, reg *report.Register) {
	if def == nil && r.Definition != "" {
		c.add("definition", fault.New(fault.DefinitionUnknown, say("got", report.Ref(r.Definition, r.Version))))
	}
	period := requestPeriod(r, def)
	if def != nil { // its calendar says when the period ends
		c.dueDay(r, period)
	}
	if reg == nil {
		if r.Register != "" {
			c.add("register", fault.New(fault.RegisterUnknown, say("got", report.Ref(r.Register, r.Registered))))
		}
		return
	}
	c.roster(r, reg, period.To)
	if def != nil {
		c.selectors(def, reg, period.To)
	}
}

func requestPeriod(r *report.Request, def *report.Definition) calendar.Period {
	cal := requestCalendar(r, def)
	if r.Period != "" {
		p, err := calendar.ParsePeriod(cal, r.Period)
		if err != nil {
			return calendar.Period{}
		}
		return p
	}
	if r.From.IsZero() || r.To.IsZero() || r.To.Before(r.From) {
		return calendar.Period{}
	}
	p, err := calendar.FreePeriod(cal, r.From, r.To)
	if err != nil {
		return calendar.Period{}
	}
	return p
}

// dueDay computes the due day. One that cannot be computed would fall due at no
// time, and nobody would be late. One that leaves no time after the cut-off is
// only worth saying: such rules are in force.
func (c *checker) dueDay(r *report.Request, p calendar.Period) {
	if r.Due.IsZero() || r.Due.Validate() != nil || p.IsZero() && (r.Period != "" || !r.From.IsZero() || !r.To.IsZero()) {
		return // said already
	}
	due, err := r.Due.Compute(p, calendar.VietnamHolidays())
	switch {
	case errors.Is(err, calendar.ErrNoHolidayTable):
		c.add("due", fault.New(fault.DueUncountable, fault.Both("detail",
			"chưa có bảng ngày nghỉ cho thời gian sau "+p.To.Vietnamese(), "there is no table of holidays for the time after "+p.To.English())))
	case err != nil:
		c.add("due", fault.New(fault.DueUncountable, fault.Both("detail",
			"hạn tính từ ngày chốt số liệu mà yêu cầu không có kỳ báo cáo", "it is counted from the cut-off, and the request has no period")))
	case p.IsZero():
	case due.Room == calendar.RoomBeforeCutoff || due.Room == calendar.RoomNone:
		c.add("due", fault.New(fault.DueImpossible, say("due", due.Strict.String()), say("cutoff", due.Cutoff.String())).Weighed(fault.Note))
	}
}

// roster checks the agencies asked and the place asked about on the last day of
// the window (any day when there is none).
func (c *checker) roster(r *report.Request, reg *report.Register, day calendar.Date) {
	var agencies, places []string
	for i := range reg.Agencies {
		agencies = append(agencies, reg.Agencies[i].Code)
	}
	for i := range reg.Places {
		places = append(places, reg.Places[i].Code)
	}
	for n, code := range r.Agencies {
		if a := reg.Agency(code); a == nil || !a.Lives(day) {
			c.add(join("agencies", n), c.unknown(fault.AgencyUnlisted, "", code, agencies))
		}
	}
	if r.Place != "" && reg.Place(r.Place) == nil {
		c.add("place", c.unknown(fault.ReferenceUnknown, "place", r.Place, places))
	}
}

// selectors checks that the places and agencies a definition names are in the
// register. They stand in another document, so the finding is at the request's
// line that brings the two together.
func (c *checker) selectors(def *report.Definition, reg *report.Register, day calendar.Date) {
	for _, s := range def.Sheets {
		_, missing := reg.Select(s.Places, day)
		for _, m := range missing {
			c.add("register", c.unknown(fault.ReferenceUnknown, s.Name, m, nil))
		}
	}
	for _, i := range def.Indicators {
		for _, a := range i.Agencies {
			if reg.Agency(a) == nil {
				c.add("register", c.unknown(fault.ReferenceUnknown, i.Code, a, nil))
			}
		}
	}
}

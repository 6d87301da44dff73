package ingest

import (
	"context"
	"slices"
	"time"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// Figure is a figure the coordinator sets.
type Figure struct {
	Unit      string          `json:"unit,omitempty"`  // "" for the agency itself
	Place     string          `json:"place,omitempty"` // "" for the provincial level
	Indicator string          `json:"indicator"`
	Value     decimal.Decimal `json:"value"`
}

// Adjust sets figures of the submission that stands by the coordinator's hand.
// The originals stay beside them and the adjustment holds for this submission
// only: the agency's next version is its own word again.
func (d *Desk) Adjust(ctx context.Context, actor report.Actor, request, agency string, version int, figures []Figure, reason string) error {
	if err := allow(actor, report.ActReview, agency); err != nil {
		return err
	}
	if err := CheckReason(reason); err != nil {
		return err
	}
	_, err := d.decide(ctx, report.ReturnKey(request, agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		book, s, err := standing(l, request, agency, version, fault.NothingSubmitted, now)
		if err != nil {
			return nil, err
		}
		def := l.Definition(book.Request.Definition, book.Request.Version)
		reg := l.Register(book.Request.Register, book.Request.Registered)
		asked, counted := newPlan(def, book.Request, reg, agency), s.Figures()
		var bodies []report.Body
		for _, f := range figures {
			b, err := adjustment(asked, s.ID, counted, f)
			if err != nil {
				return nil, err
			}
			b.Reason = reason
			if bodies, err = withAdjustment(bodies, b); err != nil {
				return nil, err
			}
		}
		return bodies, nil
	})
	return err
}

// adjustment judges one figure that the coordinator sets, in a submission with the
// figures that count now.
func adjustment(asked *plan, submission string, counted report.Facts, f Figure) (*report.Adjusted, error) {
	if f.Unit == "" {
		f.Unit = asked.agency
	}
	ind := asked.def.Indicator(f.Indicator)
	if f.Place == "" {
		f.Place = asked.home
		if ind != nil && ind.By == report.ByUnit {
			f.Place = asked.unitPlace(f.Unit)
		}
	}
	if ind == nil || !ind.IsNumber() || derived(ind) || !asked.has(ind, f.Unit, f.Place) {
		return nil, unknownCell(f.Place, f.Indicator)
	}
	if a := (question{ind: ind}).number(answer{}, f.Value, f.Value.String()); a.wrong != nil {
		return nil, *a.wrong
	}
	b := &report.Adjusted{Submission: submission, Unit: f.Unit, Place: f.Place, Indicator: f.Indicator, New: f.Value}
	if old := counted.Look(f.Unit, f.Place, f.Indicator); old.Kind == report.Number {
		b.Old = &old.Num
	}
	return b, nil
}

// withAdjustment adds an adjustment to those made in one go. Of two of one cell
// neither is the later one, so they must say the same.
func withAdjustment(bodies []report.Body, b *report.Adjusted) ([]report.Body, error) {
	for _, other := range bodies {
		o := other.(*report.Adjusted)
		if o.Unit != b.Unit || o.Place != b.Place || o.Indicator != b.Indicator {
			continue
		}
		if o.New.Equal(b.New) {
			return bodies, nil
		}
		return nil, unknownCell(b.Place, b.Indicator)
	}
	return append(bodies, b), nil
}

func unknownCell(place, indicator string) error {
	return fault.New(fault.AdjustUnknownCell, fault.A("place", place), fault.A("indicator", indicator))
}

// has reports whether a figure of an indicator is asked of a unit at a place.
func (p *plan) has(ind *report.Indicator, unit, place string) bool {
	if !ind.Asks(p.agency) {
		return false
	}
	if ind.By == report.ByUnit {
		return p.reg.AgencyIsUnder(unit, p.agency) && place == p.unitPlace(unit)
	}
	return unit == p.agency && slices.ContainsFunc(p.sheets, func(s planned) bool {
		return slices.Contains(s.indicators, ind) && s.asksAt(p, ind, place)
	})
}

// asksAt reports whether the sheet has a cell for an indicator at a place.
func (s *planned) asksAt(p *plan, ind *report.Indicator, place string) bool {
	return s.once() && place == p.home || slices.ContainsFunc(s.places, func(column *report.Place) bool {
		at, ok := p.placeAt(ind, column.Code)
		return ok && at == place
	})
}

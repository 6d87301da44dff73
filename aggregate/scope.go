package aggregate

import (
	"maps"
	"slices"
	"strings"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// scope is the figures from which a question is answered: those of a request, or
// of all requests that cover a window.
type scope struct {
	outlook
	asOf   time.Time
	days   days
	over   *Over         // nil: the request's own period
	mapped *Mapped       // nil: places as they were on the figures' own days
	tiling *tiling       // what the figures are made of; nil: they are the request's own
	on     calendar.Date // the day on whose map places stand
}

// scope finds the figures a question is about. What is wrong with it is a
// [fault.Fault].
func (s *State) scope(l *report.Ledger, request string, w Window, v MapView, asOf time.Time, official bool) (*scope, error) {
	f := s.at(l, request, asOf)
	if f == nil {
		return nil, notCounted(l, request, asOf)
	}
	if err := v.check(); err != nil {
		return nil, err
	}
	if w == (Window{}) {
		return f.own(v, asOf, official), nil
	}
	d, err := w.days(f.frame)
	if err != nil {
		return nil, err
	}
	out := s.recalledTile(l, f.request, d, v, asOf, official)
	if out == nil {
		return nil, wrongParameter("period", d.period.Key(),
			"kỳ có ít nhất một yêu cầu của biểu mẫu này nằm trọn trong đó", "a period within which at least one request of this definition lies")
	}
	return out, nil
}

// own gives the figures of a request for its own period.
func (f *figures) own(v MapView, asOf time.Time, official bool) *scope {
	at := f.moment(asOf)
	t := tile{outlook: f.outlook(official, at), latest: at}
	t.period, _ = f.request.PeriodUnder(f.definition) // without one it has other days, see [tile.day]
	out := &scope{outlook: t.outlook, asOf: at, on: t.day()}
	if v.On.IsZero() {
		return out
	}
	out.on = v.On
	seen, said := underMap([]tile{t}, v)
	out.outlook, out.tiling, out.mapped = seen[0].outlook, seen[0].under, said
	return out
}

// check refuses a map view that makes no sense.
func (v *MapView) check() error {
	keys := []string{AllocateEqually, AllocateByPopulation, AllocateByWeights}
	choices := strings.Join(keys, ", ")
	switch {
	case v.Allocate != "" && !slices.Contains(keys, v.Allocate):
		return wrongParameter("allocate", v.Allocate, "một trong: "+choices, "one of: "+choices)
	case len(v.Weights) > 0 && v.Allocate != AllocateByWeights:
		return wrongParameter("allocate", v.Allocate, AllocateByWeights+" khi có trọng số", AllocateByWeights+" where there are weights")
	case v.Allocate == AllocateByWeights && len(v.Weights) == 0:
		return wrongParameter("weight", "", "mã địa bàn và trọng số, như 10525:3", "places and weights, such as 10525:3")
	}
	if v.On.IsZero() {
		return nil
	}
	for _, code := range slices.Sorted(maps.Keys(v.Weights)) {
		if country.On(v.On).Unit(code) == nil {
			return wrongParameter("weight", code, "mã địa bàn của bản đồ ngày "+v.On.Vietnamese(), "the code of a unit on the map of "+v.On.English())
		}
	}
	return nil
}

// tile covers a window by the requests that ask the same as one; nil where none
// lies within it. What it gives is provisional while a part is, and while days of
// the window are not covered.
// Where its parts stand on different maps all are seen under that of the newest, or
// under the one that is asked for: codes of one map are not those of another.
func (s *State) tile(l *report.Ledger, req *report.Request, d days, v MapView, asOf time.Time, official bool) *scope {
	within, across := s.candidates(l, req, d, asOf, official)
	tiles, twice := tiled(within)
	if len(tiles) == 0 {
		return nil
	}
	if v.On.IsZero() {
		v.On = tiles[len(tiles)-1].day()
	}
	tiles, mapped := underMap(tiles, v)
	t := lay(tiles, d)
	out := &scope{outlook: outlook{cube: t.cube(), official: true}, days: d, over: t.over(d, nil), mapped: mapped, tiling: t, on: v.On}
	out.over.Gaps, out.over.Aside = d.gaps(tiles), append(across, twice...)
	if out.over.Aside == nil {
		out.over.Aside = []Aside{}
	}
	out.provisional = len(out.over.Gaps) > 0
	for _, tile := range tiles {
		out.official = out.official && tile.official
		out.provisional = out.provisional || tile.provisional
		if tile.latest.After(out.asOf) {
			out.asOf = tile.latest
		}
	}
	return out
}

// overOf says what the figures of some agencies are made of; what is said of the days
// stays. The scope may be asked by others at the same time, and is not changed.
func (s *scope) overOf(only []bool) *Over {
	out := s.tiling.over(s.days, only)
	out.Gaps, out.Aside = s.over.Gaps, s.over.Aside
	return out
}

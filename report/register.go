package report

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// Register (danh mục) is the agencies and places that exist, each with the days
// from and until it does. The pair (Code, Version) is immutable.
type Register struct {
	Code     string   `json:"register"`
	Version  string   `json:"version"`
	Title    Text     `json:"title"`
	Agencies []Agency `json:"agencies,omitempty"`
	Places   []Place  `json:"places,omitempty"`

	agencyAt map[string]int
	placeAt  map[string]int
}

// Agency (đơn vị) reports, or is reported about. Agencies form a tree by
// Parent: a department and its units, an insurer and its facilities.
type Agency struct {
	Code      string        `json:"code"`
	Name      Text          `json:"name"`
	Short     string        `json:"short,omitempty"`
	Aliases   []string      `json:"aliases,omitempty"`
	Parent    string        `json:"parent,omitempty"`
	Place     string        `json:"place,omitempty"` // where it lies
	Kind      string        `json:"kind,omitempty"`  // "sở", "báo, đài", "hội, đoàn thể", "cơ sở KCB"
	From      calendar.Date `json:"from,omitzero"`   // first day; zero: always
	Until     calendar.Date `json:"until,omitzero"`  // last day; zero: still
	Successor string        `json:"successor,omitempty"`
}

// Place (địa bàn) is a province, a district (until 30/6/2025), a commune, or
// the provincial level itself ("cấp tỉnh"), which is a place and not a missing
// one. Level is data: there is no type for a district.
type Place struct {
	Code      string        `json:"code"` // text, leading zeros kept
	Name      Text          `json:"name"`
	Level     string        `json:"level"` // country, region, province, provincial, district, commune
	Aliases   []string      `json:"aliases,omitempty"`
	Parent    string        `json:"parent,omitempty"`
	From      calendar.Date `json:"from,omitzero"`
	Until     calendar.Date `json:"until,omitzero"`
	Successor string        `json:"successor,omitempty"`

	// Population is how many people live there, by which figures about a place are
	// allocated to its parts under another map; 0 where it is not stated.
	Population decimal.Decimal `json:"population,omitzero"`
}

// Levels of places that the program itself refers to.
const (
	LevelCountry    = "country"
	LevelRegion     = "region"
	LevelProvince   = "province"
	LevelProvincial = "provincial"
	LevelDistrict   = "district"
	LevelCommune    = "commune"
)

// Index prepares the register for look-ups. It is called once, when the
// register is read or decoded; a register is read-only afterwards.
func (r *Register) Index() *Register {
	r.agencyAt = make(map[string]int, len(r.Agencies))
	for i := range r.Agencies {
		r.agencyAt[r.Agencies[i].Code] = i
	}
	r.placeAt = make(map[string]int, len(r.Places))
	for i := range r.Places {
		r.placeAt[r.Places[i].Code] = i
	}
	return r
}

// With gives a register that also knows what others know, behind its own and in their
// order; the days of what it takes from them are left out, for it is asked about all of their
// time. Without anything to take it is r itself.
func (r *Register) With(others ...*Register) *Register {
	out := &Register{Code: r.Code, Version: r.Version, Title: r.Title, Agencies: slices.Clone(r.Agencies), Places: slices.Clone(r.Places)}
	out.Index()
	for _, other := range others {
		for _, a := range other.Agencies {
			if _, known := out.agencyAt[a.Code]; !known {
				a.From, a.Until = calendar.Date{}, calendar.Date{}
				out.agencyAt[a.Code] = len(out.Agencies)
				out.Agencies = append(out.Agencies, a)
			}
		}
		for _, p := range other.Places {
			if _, known := out.placeAt[p.Code]; !known {
				p.From, p.Until = calendar.Date{}, calendar.Date{}
				out.placeAt[p.Code] = len(out.Places)
				out.Places = append(out.Places, p)
			}
		}
	}
	if len(out.Agencies) == len(r.Agencies) && len(out.Places) == len(r.Places) {
		return r
	}
	return out
}

// Agency finds an agency by code; nil when there is none.
func (r *Register) Agency(code string) *Agency {
	if i, ok := r.agencyAt[code]; ok {
		return &r.Agencies[i]
	}
	return nil
}

// Place finds a place by code; nil when there is none.
func (r *Register) Place(code string) *Place {
	if i, ok := r.placeAt[code]; ok {
		return &r.Places[i]
	}
	return nil
}

// AgencyRank gives the position of an agency in the register: the order in
// which agencies outside a roster are shown. False when there is none.
func (r *Register) AgencyRank(code string) (int, bool) {
	i, ok := r.agencyAt[code]
	return i, ok
}

// PlaceRank gives the position of a place in the register: the order in which
// places are shown. False when there is none.
func (r *Register) PlaceRank(code string) (int, bool) {
	i, ok := r.placeAt[code]
	return i, ok
}

// AgencyName gives the Vietnamese name of an agency, or its code when the
// register does not know it.
func (r *Register) AgencyName(code string) string {
	if a := r.Agency(code); a != nil {
		return a.Name.VI
	}
	return code
}

// PlaceName gives the Vietnamese name of a place, or its code.
func (r *Register) PlaceName(code string) string {
	if p := r.Place(code); p != nil {
		return p.Name.VI
	}
	return code
}

// AgencyIsUnder reports whether code is ancestor itself or lies below it.
func (r *Register) AgencyIsUnder(code, ancestor string) bool {
	for range len(r.Agencies) + 1 { // a cycle ends here
		if code == ancestor {
			return true
		}
		a := r.Agency(code)
		if a == nil || a.Parent == "" {
			return false
		}
		code = a.Parent
	}
	return false
}

// PlaceAt gives the ancestor of place (or place itself) at a level, or "" when
// there is none: the district a commune lies in, the province of a district.
func (r *Register) PlaceAt(place, level string) string {
	for range len(r.Places) + 1 { // a cycle ends here
		p := r.Place(place)
		if p == nil {
			return ""
		}
		if p.Level == level {
			return p.Code
		}
		place = p.Parent
	}
	return ""
}

// ProvincialPlace gives the code of the place that stands for the provincial
// level itself in the province that place lies in; "" when the register has none.
func (r *Register) ProvincialPlace(place string) string {
	province := r.PlaceAt(place, LevelProvince)
	for i := range r.Places {
		if p := &r.Places[i]; p.Level == LevelProvincial && (province == "" || p.Parent == province) {
			return p.Code
		}
	}
	return ""
}

// Select gives the places that the selectors name, in register order, without
// doubles, alive on day (the zero day: any). A selector is a code ("288",
// "30T"), or PLACE/LEVEL for all places of a level below a place
// ("30/district"). The second result holds the selectors that name nothing.
func (r *Register) Select(selectors []string, day calendar.Date) (places []*Place, unknown []string) {
	var at []int
	for _, s := range selectors {
		n := len(at)
		under, level, byLevel := strings.Cut(s, "/")
		if !byLevel {
			if i, ok := r.placeAt[s]; ok {
				at = append(at, i)
			}
		} else {
			for i := range r.Places {
				p := &r.Places[i]
				if p.Level == level && r.PlaceIsUnder(p.Code, under) && p.Lives(day) {
					at = append(at, i)
				}
			}
		}
		if len(at) == n {
			unknown = append(unknown, s)
		}
	}
	slices.Sort(at)
	for _, i := range slices.Compact(at) {
		places = append(places, &r.Places[i])
	}
	return places, unknown
}

// PlaceIsUnder reports whether a place is ancestor itself or lies below it.
func (r *Register) PlaceIsUnder(code, ancestor string) bool {
	for range len(r.Places) + 1 {
		if code == ancestor {
			return true
		}
		p := r.Place(code)
		if p == nil || p.Parent == "" {
			return false
		}
		code = p.Parent
	}
	return false
}

// Lives reports whether the place exists on day; the zero day asks nothing.
func (p *Place) Lives(day calendar.Date) bool { return lives(p.From, p.Until, day) }

// Lives reports whether the agency exists on day; the zero day asks nothing.
func (a *Agency) Lives(day calendar.Date) bool { return lives(a.From, a.Until, day) }

func lives(from, until, day calendar.Date) bool {
	var zero calendar.Date
	return day == zero || (from == zero || !day.Before(from)) && (until == zero || !until.Before(day))
}

// Units gives the agencies below the given one (not itself), sorted by code.
func (r *Register) Units(agency string) []*Agency {
	var out []*Agency
	for i := range r.Agencies {
		if a := &r.Agencies[i]; a.Code != agency && r.AgencyIsUnder(a.Code, agency) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b *Agency) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

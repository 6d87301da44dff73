package country

import "tonghop/report/calendar"

// Type is what kind of unit a unit is; its text is how lists shorten it.
type Type string

// The types. Wards, communes and towns are communes by level; so are the
// special zones that there are since July 2025.
const (
	Tinh     Type = "T"  // tỉnh, a province
	ThanhPho Type = "TP" // thành phố, a city: a province or, until 30/06/2025, a district
	Quan     Type = "Q"  // quận, an urban district
	Huyen    Type = "H"  // huyện, a rural district
	ThiXa    Type = "TX" // thị xã, a town that is a district
	Phuong   Type = "P"  // phường, a ward
	Xa       Type = "X"  // xã, a rural commune
	ThiTran  Type = "TT" // thị trấn, a township
	DacKhu   Type = "ĐK" // đặc khu, a special zone
)

// words are the types written out.
var words = map[Type]string{
	Tinh: "Tỉnh", ThanhPho: "Thành phố", Quan: "Quận", Huyen: "Huyện", ThiXa: "Thị xã",
	Phuong: "Phường", Xa: "Xã", ThiTran: "Thị trấn", DacKhu: "Đặc khu",
}

// String writes the type out, "Thị xã"; "" for what is no type.
func (t Type) String() string { return words[t] }

// Level is how high a unit stands, in the words of a register of places.
type Level string

// The levels.
const (
	Province Level = "province"
	District Level = "district"
	Commune  Level = "commune"
)

// Unit is one unit as it is from one day until another. A unit whose type or
// name changes is two, with one code.
type Unit struct {
	Code     string // text: two digits, three or five
	Type     Type
	Name     string // without its type: "Lào Cai"
	Level    Level
	Province string        // code of the province it lies in, its own for a province
	Parent   string        // code of the unit above: of a commune the district, or the province since July 2025; "" for a province
	From     calendar.Date // first day; zero: before the register begins
	Until    calendar.Date // last day; zero: still

	next []string // codes of what took its place the day after Until
}

// FullName gives the name with its type: "Tỉnh Lào Cai".
func (u *Unit) FullName() string { return u.Type.String() + " " + u.Name }

// Lives reports whether the unit exists on day; the zero day asks for the units
// of now, which have no last day.
func (u *Unit) Lives(day calendar.Date) bool {
	if day.IsZero() {
		return u.Until.IsZero()
	}
	return (u.From.IsZero() || !day.Before(u.From)) && (u.Until.IsZero() || !u.Until.Before(day))
}

// Successors gives the units that took the place of u, in order of their codes:
// none while it lives, and none of a district, which ended with its level. A
// unit that was divided has several; which part of it went where is not known
// here.
func (u *Unit) Successors() []*Unit {
	if u.Until.IsZero() {
		return nil
	}
	return On(u.Until.AddDays(1)).all(u.next)
}

// Predecessors gives the units whose place u took, wholly or in part, in order
// of their codes; none of the units the register begins with.
func (u *Unit) Predecessors() []*Unit {
	if u.From.IsZero() {
		return nil
	}
	return On(u.From.AddDays(-1)).before(u.Code)
}

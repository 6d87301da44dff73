package main

// amendment is a unit that was, or was of another type, between days that the
// lists do not show.
type amendment struct {
	code string
	line string // type and name, before
	from string // first day of what the list shows, "" where the list does not have the unit at all
	last string // last day of what was before
	next string // code of what took its place
}

// oldAmendments concern the map until 30/06/2025.
var oldAmendments = []amendment{
	{code: "28", line: "T Hà Tây", last: "2008-07-31", next: "01"},                             // Nghị quyết 15/2008/QH12
	{code: "46", line: "T Thừa Thiên Huế", from: "2025-01-01", last: "2024-12-31", next: "46"}, // Nghị quyết 175/2024/QH15
}

// newAmendments concern the map since 01/07/2025: Nghị quyết 30/2026/QH16 makes
// Đồng Nai a city and ten of its communes wards. The list is that of after.
var newAmendments = []amendment{
	cityOfDongNai("75", "T Đồng Nai"),
	cityOfDongNai("25270", "X Lộc Ninh"),
	cityOfDongNai("25357", "X Tân Khai"),
	cityOfDongNai("25363", "X Đồng Phú"),
	cityOfDongNai("26116", "X Tân Phú"),
	cityOfDongNai("26170", "X Trị An"),
	cityOfDongNai("26248", "X Trảng Bom"),
	cityOfDongNai("26326", "X Dầu Giây"),
	cityOfDongNai("26368", "X Long Thành"),
	cityOfDongNai("26425", "X Xuân Lộc"),
	cityOfDongNai("26485", "X Nhơn Trạch"),
}

func cityOfDongNai(code, before string) amendment {
	return amendment{code: code, line: before, from: "2026-04-30", last: "2026-04-29", next: code}
}

// movedCodes are codes that the map from old to new writes otherwise than the
// list of the new units, which leads: Xã Ba Chẽ.
var movedCodes = map[string]string{"06970": "06978"}

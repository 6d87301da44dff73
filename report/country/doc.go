// Package country is the register of Viet Nam's administrative units: every
// province, district and commune with its code, type, name, the unit it lies
// in, the days from and until it is so, and what became of it.
//
// [On] gives the map of one day. There are three that matter and two changes
// of name between them ([Maps]):
//
//   - to 31/07/2008: as the next, with Hà Tây (28), which then went into Hà Nội
//     (Nghị quyết 15/2008/QH12);
//   - to 30/06/2025: 63 provinces, 696 districts, 10,035 communes, with the codes
//     of Quyết định 124/2004/QĐ-TTg. Thừa Thiên Huế became the city of Huế on
//     01/01/2025 (Nghị quyết 175/2024/QH15), code and all else unchanged;
//   - from 01/07/2025: 34 provinces and 3,321 communes, with the codes of Quyết
//     định 19/2025/QĐ-TTg; districts are no more. On 30/04/2026 Đồng Nai became
//     a city and ten of its communes wards (Nghị quyết 30/2026/QH16).
//
// What the register does not hold: changes of districts and communes before
// 30/06/2025. A day before that sees them as they last were.
//
// Codes are text, leading zeros matter, and within one map a code has one
// unit: provinces have two digits, districts three, communes five. Between
// maps it need not: 15 was Yên Bái and is Lào Cai. So a unit is a code and a
// day, never a code alone.
//
// The table (units.txt, embedded) is written by go generate from public lists
// of the units; the package reads it when first asked, in some milliseconds.
package country

// Package calendar knows the days on which reports live: dates, the periods that are reported,
// the working days between them, and when a report is due.
//
// # Calendars are data
//
// Decree 09/2019/NĐ-CP, article 12, closes the books on the 14th: the report of April covers
// 15 March to 14 April, the second quarter 15 March to 14 June. Other acts keep the civil
// months, or months from the 16th. A [Calendar] is a row of a table that says on which day its
// months begin; quarters, halves, nine months and years are unions of months in all of them, so
// figures of the parts add up to the whole. A day belongs to different periods under different
// calendars: 25/3/2021 is in April and the second quarter under [D09], in March and the first
// quarter under [Civil].
//
// # Days off are data too
//
// Tết follows the moon, and which Saturdays are worked in exchange is decided each year. So
// working days come from a dated table, [HolidayTable]. A year that is not in it is an error,
// [ErrNoHolidayTable], and never a year without holidays.
//
// # Two readings of a due date
//
// "Trước ngày 30/3" ends, read strictly, with 29/3; offices read it as including 30/3. A
// [DueRule] keeps the wording, [DueRule.Compute] gives both last days, and [Due.Judge] says
// which of them a report has met.
//
// Nothing here asks the clock (law 6): moments come in as arguments, and are taken in
// Vietnamese time, seven hours ahead of UTC the whole year.
package calendar

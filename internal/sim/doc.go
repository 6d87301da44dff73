// Package sim puts the program through what a bad year brings, from a seed: the
// same seed gives the same year.
//
// A [History] is a set of events such as agencies and a coordinator make in a
// busy period: corrections, withdrawals, returns, approvals, adjustments, closes
// and reopenings, several at the same moment, some of them about things not
// known yet. [Workbook] folds a sequence of events as every reader does and
// writes the Committee's workbook. Law 2 then reads: whatever the order, the
// repetitions and the journal they came from, the bytes are the same.
//
// [Year] runs the desk and the workers themselves over stores that fail:
// writes that happened but were not answered, workers that die before they say
// that they are done, jobs handed out twice.
package sim

// Command bench measures tonghop beside what an office would use instead, in one
// run and on one machine, and prints a table for each question:
//
//	a  many small workbooks, from upload to the finished summary, every one on
//	   the disk before its receipt
//	b  cells read per second, by size of workbook
//	c  events folded per second, and the start from a journal of a million facts
//	d  a summary written, small and with a hundred thousand rows
//	e  peak memory of each of these
//	f  how the cost of a unit of work grows from once to ten times the work
//	g  cells read per second, by format: xlsx, ods, xls, csv
//
// Every case is a process of its own, ours as well: its processor time and its
// peak memory are those the system counted for that process. The peers live in
// ../shared/bench, beside the project; where that folder or a program is absent,
// the peer is named as absent. What a peer makes of the same workbooks must be
// what we make of them, to the last digit, or the run fails.
//
//	go run ./bench                        everything
//	go run ./bench -only a -n 200         one question, fewer workbooks
//	go run ./bench -json bench/out.json   the results for machines, too
package main

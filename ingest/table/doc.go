// Package table finds a table on a sheet by the words of its header, whoever
// drew it: under titles and addresses, with merged cells, with two, three or
// four header rows, with columns in another order or columns of its own.
//
// [Search.Find] looks for the block of rows whose column paths (the words over a
// column, from the top) say most of what is wanted. The rest of the package
// knows the furniture of such tables: the row of column numbers under the
// header ([IsIndexRow]), the labels of rows that add up others ([IsTotal]), the
// words that end a table ([EndsTable]), the units that headers state ([Unit]).
//
// Labels only vote. Whether a row is a total is proved by adding up, and a
// total that does not close is said to be wrong rather than believed ([Close]).
package table

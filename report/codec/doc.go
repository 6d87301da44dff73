// Package codec turns events into bytes and back: the form in which the journal
// keeps them for ever.
//
// # One event, one encoding
//
// [Encode] gives the same bytes for the same event on every machine, in every
// year (law 6), and [Decode] refuses every other spelling of it. That is what
// makes a content hash an identity: [Seal] sets an event's ID to the hash of
// its payload, and the same event is the same event in whatever journal it
// stands (law 2).
//
// Two lists that are both empty are the same list: a decoded event has nil
// where there is nothing. Times are UTC in whole milliseconds.
//
// # The layers
//
// A frame is what one message of the journal carries: a magic number, the
// version of the frame, how the payload is compressed, how long it is, its
// hash, and the payload. The hash is there because a disk may change a bit
// without saying so; a frame whose hash does not match is [ErrDamaged].
//
// A payload is an event in the wire format of protocol buffers, written by
// hand: fields in ascending order, each once, defaults left out, numbers in
// their shortest form. Facts, of which an upload may have tens of thousands,
// are kept in columns with dictionaries. Definitions, registers and requests
// are kept as the JSON of their structs.
//
// A pack ([PackWriter], [ReadPack]) is many recorded events in one stream, in the
// order of the journal; a snapshot ([SnapshotWriter], [OpenSnapshot]) is the same
// events sorted by request, each part of which can be read without the others.
//
// docs/formats/event.md, pack.md and snapshot.md draw every byte.
//
// # What is refused
//
// Foreign bytes may say anything, so every length and count is checked against
// the bytes that are there before memory is taken for it. What a newer program
// wrote is refused with [ErrVersion] rather than read in part: a figure that is
// read past is a figure lost (law 4).
package codec

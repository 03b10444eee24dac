/// What `gateway replay` and `gateway simulate` say.
package enum BenchPhrase: Phrase {
    case noFrames, notRecorded, replaying, replayingUnit, replayingText, replayed
    case busCounts

    package var wording: Wording {
        switch self {
        case .noFrames: Wording("%1 holds no frames to play back", "%1 tidak berisi frame untuk diputar ulang")
        case .notRecorded: Wording("not in the record: %1", "tidak ada di berita acara: %1")
        case .replaying: Wording("%1 of %2 at %3: %4 requests", "%1, direkam %2, di %3: %4 permintaan")
        case .replayingUnit:
            Wording("%1, unit %5 of %2 at %3: %4 requests", "%1, unit %5, direkam %2, di %3: %4 permintaan")
        case .replayingText: Wording("%1 of %2 at %3: %4 frames", "%1, direkam %2, di %3: %4 frame")
        case .replayed:
            Wording(
                "%1 answered, %2 left unanswered as on site",
                "%1 dijawab, %2 tidak dijawab seperti di lapangan"
            )
        case .busCounts:
            Wording(
                "bus %1: %2 answered, %3 published, %4 faults",
                "bus %1: %2 dijawab, %3 dikirim, %4 gangguan"
            )
        }
    }
}

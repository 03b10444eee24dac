import Domain

/// When the jobs that run once a second run: together, and a tenth of a second after the grid's tick. On a box with one
/// core they would otherwise delay the readings of its polls.
struct Rounds: Sendable {
    private static let offset = Duration.milliseconds(100)

    let gridStart: Uptime
    let time: any TimeSource

    func next() -> Uptime {
        let seconds = (time.uptime() - gridStart - Self.offset).inSeconds.rounded(.down) + 1
        return gridStart + Self.offset + .seconds(Int64(seconds))
    }
}

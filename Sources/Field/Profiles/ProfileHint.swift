/// Something in a profile that is no mistake the gateway must refuse, but that its author should know: `gateway check`
/// prints it, in the user's language.
public enum ProfileHint: Hashable, Sendable {
    /// A mark for "no value" that no value of the point can be.
    case unheldMark(point: String, mark: String)
    /// The times of a message have no zone: those without an offset are taken in the gateway's.
    case timeWithoutZone(message: String)
    /// A counter of registers apart has no `max_rate`, so that many of its readings must be left out.
    case apartWithoutRate(point: String)
}

extension Profile {
    public var hints: [ProfileHint] {
        let times = (mqtt?.messages ?? []).compactMap { message -> ProfileHint? in
            guard let time = message.time, time.format == .iso8601, !time.isZoneNamed else { return nil }
            return .timeWithoutZone(message: message.name)
        }
        return times
            + points.indices.flatMap { index -> [ProfileHint] in
                let point = points[index]
                let marks = point.unheldMarks.map { ProfileHint.unheldMark(point: point.name, mark: $0) }
                guard points.isReadApart(index), point.counter?.maxRate == nil else { return marks }
                return marks + [.apartWithoutRate(point: point.name)]
            }
    }
}

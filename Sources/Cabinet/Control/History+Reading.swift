import JSON

extension History {
    /// Reads what a `HistoryWriter` has written. Members of a later gateway are ignored.
    ///
    /// - Throws: for text that is no history, and for lists that have not a place for each step.
    public init(json: [UInt8]) throws(NotAnswer) {
        self.init(span: .day, stepSeconds: 0, from: "", steps: -1, points: [])
        var cursor = JSONCursor(json)
        do throws(NotJSON) {
            try cursor.expect("{")
            try cursor.members { name, cursor throws(NotJSON) in
                switch name {
                case "span":
                    guard let span = HistoryRequest.Span(rawValue: try cursor.string()) else { throw NotJSON() }
                    self.span = span
                case "stepSeconds": stepSeconds = try cursor.integer()
                case "from": from = try cursor.string()
                case "steps": steps = try cursor.integer()
                case "leftOut": leftOut = try cursor.integer()
                case "points":
                    points = try cursor.list { cursor throws(NotJSON) in try PointHistory(&cursor, steps: steps) }
                case "buses":
                    buses = try cursor.list { cursor throws(NotJSON) in try BusHistory(&cursor, steps: steps) }
                default: _ = try cursor.value()
                }
            }
            try cursor.expect("}")
        } catch {
            throw NotAnswer(json)
        }
        if steps < 0 { throw NotAnswer(json) }
    }
}

extension PointHistory {
    fileprivate init(_ cursor: inout JSONCursor, steps: Int) throws(NotJSON) {
        self.init(device: "", point: "", unit: nil, least: [], mean: [], greatest: [], readings: [], unsure: [])
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            switch name {
            case "device": device = try cursor.string()
            case "point": point = try cursor.string()
            case "unit": unit = try cursor.string()
            case "least": least = try cursor.numbers()
            case "mean": mean = try cursor.numbers()
            case "greatest": greatest = try cursor.numbers()
            case "readings": readings = try cursor.integers()
            case "unsure": unsure = try cursor.integers()
            default: _ = try cursor.value()
            }
        }
        try cursor.expect("}")
        let counts = [least.count, mean.count, greatest.count, readings.count, unsure.count]
        guard counts.allSatisfy({ $0 == steps }) else { throw NotJSON() }
    }
}

extension BusHistory {
    fileprivate init(_ cursor: inout JSONCursor, steps: Int) throws(NotJSON) {
        self.init(
            bus: "",
            load: [],
            requests: [],
            timeouts: [],
            crcErrors: [],
            exceptions: [],
            otherErrors: [],
            missed: [],
            median: [],
            slowest: []
        )
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            switch name {
            case "bus": bus = try cursor.string()
            case "load": load = try cursor.numbers()
            case "requests": requests = try cursor.integers()
            case "timeouts": timeouts = try cursor.integers()
            case "crcErrors": crcErrors = try cursor.integers()
            case "exceptions": exceptions = try cursor.integers()
            case "otherErrors": otherErrors = try cursor.integers()
            case "missed": missed = try cursor.integers()
            case "median": median = try cursor.numbers()
            case "slowest": slowest = try cursor.numbers()
            default: _ = try cursor.value()
            }
        }
        try cursor.expect("}")
        let counts =
            [load.count, median.count, slowest.count]
            + [requests, timeouts, crcErrors, exceptions, otherErrors, missed].map(\.count)
        guard counts.allSatisfy({ $0 == steps }) else { throw NotJSON() }
    }
}

import Domain

/// Decides who is served next, and who leaves when all places are taken; pure, so that no client keeps others out.
enum ControlPlaces {
    /// A connection that has a place.
    struct Occupant {
        var client: Int
        /// Nil counts as a user of its own.
        var user: UInt32?
        /// Whether it has asked and has not got its whole answer.
        var isOwed: Bool
        /// When a byte last came or went.
        var lastActive: Uptime
    }

    /// Returns the connection that gives its place to a newcomer when there is none left; nil when the newcomer gets
    /// none.
    ///
    /// An idle connection goes first. It belongs to the user with the most places among the newcomer's own user and the
    /// users who have more; a user who has no more than the newcomer's keeps all. A connection that is owed an answer
    /// goes only when the newcomer's user then still has no more places than that connection's user.
    static func leaver(of occupants: [Occupant], for user: UInt32?) -> Int? {
        var places: [UInt32?: Int] = [:]
        for occupant in occupants { places[occupant.user, default: 0] += 1 }
        let own = places[user] ?? 0
        func held(_ occupant: Occupant) -> Int { places[occupant.user] ?? 0 }
        let idle = occupants.filter { !$0.isOwed && ($0.user == user || held($0) > own) }
        let greedy = occupants.filter { $0.isOwed && held($0) > own + 1 }
        for candidates in [idle, greedy] {
            let most = candidates.map(held).max()
            let stalest = candidates.filter { held($0) == most }.min { $0.lastActive < $1.lastActive }
            if let stalest { return stalest.client }
        }
        return nil
    }

    /// A connection with a request to serve.
    struct Asker {
        var client: Int
        var user: UInt32?
        /// The turn in which its last request was served; 0 before the first.
        var lastTurn: Int
    }

    /// Chooses whose request is served next: users take turns, and so do the connections of each user.
    ///
    /// - Parameter lastTurns: for each user, the turn in which any of its requests was last served.
    static func next(of askers: [Asker], lastTurns: [UInt32?: Int]) -> Int? {
        askers.min { a, b in
            let (first, second) = (lastTurns[a.user] ?? 0, lastTurns[b.user] ?? 0)
            return (first, a.lastTurn, a.client) < (second, b.lastTurn, b.client)
        }?.client
    }
}

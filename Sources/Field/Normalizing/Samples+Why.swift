public import Domain

extension [Sample?] {
    /// Gives the samples of values that could not be decoded the words that say what is wrong.
    ///
    /// - Parameters:
    ///   - whys: the words, by the index of the point in the profile.
    ///   - points: the indices of the public points, to which these samples belong.
    public mutating func explain(_ whys: [Int: String], points: [Int]) {
        for (place, point) in zip(indices, points) {
            guard let sample = self[place], sample.value == nil, sample.reason == .decode, sample.why == nil,
                let why = whys[point]
            else { continue }
            self[place] = Sample(value: nil, reason: .decode, why: why)
        }
    }
}

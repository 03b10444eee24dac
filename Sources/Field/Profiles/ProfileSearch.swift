public import Documents
import Domain

/// Finds profiles by words of any of their texts, in both languages.
public struct ProfileSearch: Sendable {
    /// Each profile with its texts, the most telling first.
    private let entries: [(profile: Profile, texts: [[String]])]

    /// - Parameter words: what a profile measures, in each language.
    public init(_ profiles: [Profile], measures words: (Message) -> [String]) {
        entries = profiles.map { profile in
            let labels = profile.points.compactMap(\.words?.label) + profile.variants.compactMap(\.label)
            return (
                profile,
                [
                    [profile.id, profile.name] + words(ProfileText.measures(profile)),
                    profile.points.map(\.name) + profile.events.map(\.name) + labels.flatMap { [$0.en, $0.id] },
                    profile.caveats + [profile.source],
                ]
            )
        }
    }

    /// The profiles in which every word stands, those first in whose name it stands.
    public func find(_ words: [String]) -> [Profile] {
        let found = entries.compactMap { profile, texts -> (profile: Profile, rank: Int)? in
            var rank = 0
            for word in words {
                guard let place = texts.firstIndex(where: { Self.has(word, in: $0) }) else { return nil }
                rank = max(rank, place)
            }
            return (profile, rank)
        }
        return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element.profile)
    }

    /// The word of any profile that is most like one that none has.
    public func nearest(to word: String) -> String? {
        NearestWord.to(word, in: Set(entries.flatMap { $0.texts.prefix(2).flatMap { $0.flatMap(Self.parts) } }))
    }

    /// Whether no text of any profile has the word.
    public func isUnknown(_ word: String) -> Bool {
        !entries.contains { $0.texts.contains { Self.has(word, in: $0) } }
    }

    private static func has(_ word: String, in texts: [String]) -> Bool {
        let word = word.lowercased()
        return texts.contains {
            $0.lowercased().replacing("_", with: " ").contains(word) || $0.lowercased().contains(word)
        }
    }

    private static func parts(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}

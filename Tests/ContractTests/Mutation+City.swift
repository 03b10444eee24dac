extension Mutation {
    /// Broken figures of a city.
    static let ofCity: [Mutation] = [
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "no city",
            #""city":"kediri","#,
            ""
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "a gateway's scope",
            #""scope":"kota""#,
            #""scope":"gateway""#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "a value in words",
            #""value":3613.5"#,
            #""value":"much""#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "no number of gateways",
            #""gateways":150,"#,
            ""
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "no gateways at all",
            #""gateways":150"#,
            #""gateways":0"#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "no list of the silent ones",
            #""silent":"#,
            #""quiet":"#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "a silent gateway in capitals",
            #""kdr-box-100""#,
            #""KDR-BOX-100""#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "fewer silent ones than are named",
            #""silent_count":120"#,
            #""silent_count":12"#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "a site in no kecamatan without a name",
            #""unplaced":["sumber-jauh"]"#,
            #""unplaced":[""]"#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "a site that one gateway shares with itself",
            #""gateways":["kdr-soyo-01","kdr-soyo-02"]"#,
            #""gateways":["kdr-soyo-01"]"#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "a share above all",
            #""complete_above":0.8"#,
            #""complete_above":1.8"#
        ),
        Mutation(
            "city-indicator/open-with-silent-gateways",
            "parts that do not say how they merge",
            #""merging":"sum","#,
            ""
        ),
        Mutation(
            "city-indicator/closed",
            "a revision below zero",
            #""revision":1443"#,
            #""revision":-1"#
        ),
        Mutation(
            "city-indicator/closed",
            "less than no units",
            #""devices":7"#,
            #""devices":-7"#
        ),
        Mutation(
            "city-indicator/peak-hour-of-a-kecamatan",
            "a peak without an end",
            #""peak_to":"#,
            #""peak_until":"#
        ),
        Mutation(
            "city-indicator/share-of-a-kelurahan",
            "a word's part below zero",
            #""within":129600}}}"#,
            #""within":-1}}}"#
        ),
        Mutation(
            "city-indicator/without-data",
            "no data that is only uncertain",
            #""quality":"bad""#,
            #""quality":"uncertain""#
        ),
        Mutation(
            "city-indicator/without-data",
            "a value of no data",
            #""value":null"#,
            #""value":0"#
        ),
    ]
}

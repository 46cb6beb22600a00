using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Tests.Services.Privacy.Detection;

/// <summary>Sentences in five languages, with personal data and with what only looks like it. The same on every run.</summary>
internal static class LabelledSentences
{
    private const int Rounds = 4;

    private static readonly PersonalDataKind[] Kinds =
    [
        PersonalDataKind.Email,
        PersonalDataKind.Phone,
        PersonalDataKind.Card,
        PersonalDataKind.Iban,
        PersonalDataKind.NationalId,
        PersonalDataKind.Secret,
        PersonalDataKind.Ip,
    ];

    // {0} and {1} are values; of each language six with one value, two with two, and six with decoys.
    private static readonly Dictionary<string, (string[] One, string[] Two, string[] None)> Languages = new()
    {
        ["en"] = (
            [
                "Here it is: {0}.",
                "I think {0} is what you need",
                "Please use {0}, not the old one.",
                "My details ({0}) have changed",
                "Can you check {0}?",
                "It was {0} - thanks!",
            ],
            ["Take {0} or, if that fails, {1}.", "Old: {0}; new: {1}"],
            [
                "The order {0} arrived yesterday.",
                "We met on {0} in the office.",
                "The result was {0} in the end.",
                "See {0} for more.",
                "Invoice {0} is still open.",
                "About {0} of them agreed.",
            ]
        ),
        ["de"] = (
            [
                "Hier ist sie: {0}.",
                "Ich glaube, {0} ist richtig",
                "Bitte nehmen Sie {0} und nicht die alte.",
                "Meine Angaben ({0}) haben sich geändert",
                "Können Sie {0} prüfen?",
                "Es war {0} – danke!",
            ],
            ["Nehmen Sie {0} oder, falls das nicht geht, {1}.", "Alt: {0}; neu: {1}"],
            [
                "Die Bestellung {0} kam gestern an.",
                "Wir trafen uns am {0} im Büro.",
                "Das Ergebnis war am Ende {0}.",
                "Mehr steht in {0}.",
                "Die Rechnung {0} ist noch offen.",
                "Etwa {0} stimmten zu.",
            ]
        ),
        ["fr"] = (
            [
                "Le voici : {0}.",
                "Je crois que {0} est le bon",
                "Utilisez {0}, pas l'ancien.",
                "Mes coordonnées ({0}) ont changé",
                "Pouvez-vous vérifier {0} ?",
                "C'était {0} - merci !",
            ],
            ["Prenez {0} ou, sinon, {1}.", "Ancien : {0} ; nouveau : {1}"],
            [
                "La commande {0} est arrivée hier.",
                "Nous nous sommes vus le {0} au bureau.",
                "Le résultat était {0} à la fin.",
                "Voir {0} pour la suite.",
                "La facture {0} est en attente.",
                "Environ {0} sont d'accord.",
            ]
        ),
        ["es"] = (
            [
                "Aquí está: {0}.",
                "Creo que {0} es el correcto",
                "Use {0}, no el antiguo.",
                "Mis datos ({0}) han cambiado",
                "¿Puede comprobar {0}?",
                "Era {0} - ¡gracias!",
            ],
            ["Tome {0} o, si no, {1}.", "Antes: {0}; ahora: {1}"],
            [
                "El pedido {0} llegó ayer.",
                "Nos vimos el {0} en la oficina.",
                "El resultado fue {0} al final.",
                "Vea {0} para más.",
                "La factura {0} sigue abierta.",
                "Cerca de {0} están de acuerdo.",
            ]
        ),
        ["it"] = (
            [
                "Eccolo: {0}.",
                "Credo che {0} sia giusto",
                "Usi {0}, non quello vecchio.",
                "I miei dati ({0}) sono cambiati",
                "Può controllare {0}?",
                "Era {0} - grazie!",
            ],
            ["Prenda {0} o, se no, {1}.", "Prima: {0}; adesso: {1}"],
            [
                "L'ordine {0} è arrivato ieri.",
                "Ci siamo visti il {0} in ufficio.",
                "Il risultato era {0} alla fine.",
                "Vedi {0} per altro.",
                "La fattura {0} è ancora aperta.",
                "Circa {0} sono d'accordo.",
            ]
        ),
    };

    public static IReadOnlyList<LabelledSentence> All { get; } = [.. Generate()];

    private static IEnumerable<LabelledSentence> Generate()
    {
        var random = new Random(20_261_121);
        var values = new PersonalValues(random);
        foreach ((string language, (string[] one, string[] two, string[] none)) in Languages)
        {
            for (int round = 0; round < Rounds; round++)
            {
                foreach (PersonalDataKind kind in Kinds)
                {
                    foreach (string shape in one.OrderBy(_ => random.Next()).Take(3))
                        yield return Fill(language, shape, (values.Of(kind, language), kind));
                    PersonalDataKind other = Kinds[random.Next(Kinds.Length)];
                    yield return Fill(
                        language,
                        two[round % two.Length],
                        (values.Of(kind, language), kind),
                        (values.Of(other, language), other)
                    );
                }
                for (int decoy = 0; decoy < PersonalValues.Decoys; decoy++)
                    yield return new LabelledSentence(
                        language,
                        string.Format(none[(decoy + round) % none.Length], values.Decoy(decoy)),
                        []
                    );
            }
        }
    }

    private static LabelledSentence Fill(
        string language,
        string shape,
        params (string Value, PersonalDataKind Kind)[] values
    ) => new(language, string.Format(shape, [.. values.Select(value => (object)value.Value)]), values);
}

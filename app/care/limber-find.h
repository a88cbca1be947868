/* Find: somebody who is not on a device is asked of central, which tells as little of people as tells them apart, and writes
 * down who asked, why, and of whom it told (kind `inquiry`). Who is chosen is granted (kind `grant`): she is the site's until
 * the end of that day, and comes to its devices as the site's people do (SYNC.md rule 17).
 *
 * A question is a JSON object: "id", an id that whoever asks draws for it, so that to ask it again is no second question;
 * "staff"; "reason" and perhaps a "note"; and what is sought, at least two things that go together: "nhs_number" (which
 * says enough), or "family" (perhaps with "given") and "born" or "phone". The answer has the "inquiry", the "result" (none,
 * found, too-many) and the "people": "id", "family", "given", "title", "born", "nhs_end" (the number's last four figures),
 * "outward" (of the postcode), "practice", "died", "restricted" (then nothing of where she lives or to whose practice she
 * goes), "here" (she is the site's already). */
#pragma once

#include <jansson.h>

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_FIND_MOST 10             /* people in an answer */
#define LIMBER_FIND_AN_HOUR 30          /* questions of one device */
#define LIMBER_FIND_CHOOSE_MINUTES 15   /* from the answer to the choice */
#define LIMBER_FIND_MAXIMUM 2048        /* bytes of a question */

/* Who asks. */
typedef struct {
  LimberId    device;
  LimberClass klass;
  LimberId    site; /* nil for the office's */
} LimberFindAsker;

/* Whether those who ask may hold somebody already. */
typedef gboolean (*LimberFindHolds) (LimberReader *reader, const LimberId *patient, gpointer data);

json_t  *limber_find_question_read  (const json_t *json, GError **error);
json_t  *limber_find_question_guess (const char *text, const char *today);
gboolean limber_find_may_ask        (LimberClass klass);
gboolean limber_find_check_rate     (LimberReader *reader, const LimberFindAsker *asker, const json_t *question, GError **error);
json_t  *limber_find_search         (LimberReader *reader, const json_t *question, LimberFindHolds holds, gpointer data, GError **error);
gboolean limber_find_note           (LimberTransaction *transaction, const LimberFindAsker *asker, const json_t *question, json_t *answer, GError **error);
json_t  *limber_find_grant          (LimberTransaction *transaction, const LimberFindAsker *asker, const json_t *choice, LimberFindHolds holds, gpointer data, GError **error);
json_t  *limber_find_end            (LimberTransaction *transaction, const LimberFindAsker *asker, const json_t *choice, GError **error);

G_END_DECLS

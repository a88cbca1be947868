/* Glass: what care needs at once, somebody may do though her role or her site does not allow it: she breaks the glass, and says why. Then the
 * table's last column counts for her too (limber-role.c), until it is over or she ends it; all that she does meanwhile is marked, and a manager
 * looks at it afterwards. It works without any line, because what it allows is on the computer already. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_GLASS_MINUTES 60      /* where the site says nothing */
#define LIMBER_GLASS_REASON_SHORTEST 10 /* letters: "asdf" is no reason */

gboolean   limber_glass_break  (LimberTransaction *transaction, const LimberId *about, const char *reason, const LimberAuthor *author, const LimberId *id, GError **error);
gboolean   limber_glass_end    (LimberTransaction *transaction, const LimberAuthor *author, GError **error);
gboolean   limber_glass_end_one (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error);
gboolean   limber_glass_go_on  (LimberTransaction *transaction, const LimberAuthor *author, GError **error);
gboolean   limber_glass_take_review_back (LimberTransaction *transaction, const LimberRecord *before, const LimberAuthor *author, GError **error);
gboolean   limber_glass_review (LimberTransaction *transaction, const LimberId *id, const char *note, const LimberAuthor *author, GError **error);
GPtrArray *limber_glass_list   (LimberReader *reader, gboolean all, GError **error);

G_END_DECLS

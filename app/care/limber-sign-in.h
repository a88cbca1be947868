/* Signing in: by whose word somebody may work at this computer.
 *
 * A PIN alone is enough for the site's own staff while this computer hears from central. Besides:
 *
 * leavers   `left` or `until` shuts somebody out wherever it is known, at once, also in the middle of her work. A computer that hears nothing
 *           does not know it. So, when central was not heard of for as long as the site has it (site.sign_in_hours), no PIN is enough alone:
 *           a colleague vouches for her with a PIN of her own, or central gives a code over the telephone (limber-sign-in-code.h). Either
 *           lasts for that day, and is written down. So a leaver who can still lay hands on the computer is in for no longer than those
 *           hours after central knew, unless somebody of the staff puts her name to it; and a clinic in a hall without a line goes on with two
 *           people, or with one who has a telephone. Who is alone without either works on paper (limberctl day-list).
 *           A clock that is set back makes those hours longer; who can set it can read the disk as well.
 * cover     staff of other sites are on this computer too (only patients are kept apart), and sign in with a reason. It is written
 *           down (kind `cover`), and all that they do is marked.
 * new       whoever is not on this computer at all is vouched for by a colleague, for this day, and gets a PIN of her own. She may be nothing
 *           that rules over others. All that she does is marked. */
#pragma once

#include "limber-role.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_SIGN_IN_HOURS 96 /* where the site says nothing: a Friday afternoon to the Tuesday after a bank holiday */
#define LIMBER_SIGN_IN_HOURS_FEWEST 24 /* a computer that has nothing to hear asks every twelve hours */
#define LIMBER_SIGN_IN_REASON_SHORTEST 5

/* What somebody needs besides her PIN. */
typedef struct {
  gboolean reason;  /* she is from another site: why she is here */
  gboolean word;    /* a colleague's, or central's */
  gint64   heard;   /* when central was heard of last, milliseconds UTC; 0 never */
} LimberSignInNeeds;

/**
 * LimberSignIn:
 * @staff: who signs in
 * @reason: (nullable): where she needs one
 * @voucher: (nullable): who vouches for her, with @voucher_pin
 * @question: (nullable): what this computer asked central, by telephone, and
 * @code: (nullable): what it answered
 */
typedef struct {
  LimberId        staff;
  const char     *pin;
  const char     *reason;
  const LimberId *voucher;
  const char     *voucher_pin;
  const char     *question;
  const char     *code;
} LimberSignIn;

/* Somebody who is not on this computer. */
typedef struct {
  const char     *family, *given;
  LimberRole      role;
  const char     *pin; /* her own, new */
  const char     *reason;
  const LimberId *voucher;
  const char     *voucher_pin;
} LimberNewcomer;

gboolean limber_sign_in_needs    (LimberReader *reader, const LimberId *staff, LimberSignInNeeds *needs, GError **error);
gboolean limber_sign_in          (LimberStore *store, const LimberSignIn *sign_in, GError **error);
void     limber_sign_in_async    (LimberStore *store, const LimberSignIn *sign_in, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean limber_sign_in_finish   (LimberStore *store, GAsyncResult *result, GError **error);
gboolean limber_sign_in_may_come (LimberRole role);
gboolean limber_sign_in_newcomer (LimberStore *store, const LimberNewcomer *newcomer, LimberId *id, GError **error);
void     limber_sign_in_newcomer_async  (LimberStore *store, const LimberNewcomer *newcomer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean limber_sign_in_newcomer_finish (LimberStore *store, GAsyncResult *result, LimberId *id, GError **error);

G_END_DECLS

/* LimberStanding: who does something here, and by what right: the member of staff as this store knows her now, her cover and the glass that
 * she has broken. Every deed asks it (limber_standing_check()) in the transaction that does it, so that what a screen did not know yet, as
 * that she has left, counts too.
 *
 * The program itself, a public screen's patient, and set-up before there is any staff are no staff: what they may do, their own code says. */
#pragma once

#include "limber-role.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

typedef struct {
  gboolean   is_staff;
  LimberId   staff;
  gboolean   has_role;  /* one that this Limber knows */
  LimberRole role;
  gboolean   has_site;
  LimberId   site;      /* her own */
  GArray    *covers;    /* (owned) (nullable): LimberId: the sites where she covers today */
  gint64     glass;     /* until when glass is broken, milliseconds UTC; 0 when it is not */
  char       journalled[41]; /* her role, with the marks that whatever she does at the store's site now is to bear */
} LimberStanding;

void     limber_standing_clear        (LimberStanding *standing);
gboolean limber_standing_read         (LimberStanding *standing, LimberReader *reader, const LimberAuthor *author, GError **error);
gboolean limber_standing_is_own_site  (const LimberStanding *standing, const LimberId *site);
gboolean limber_standing_may          (const LimberStanding *standing, LimberAction action, const LimberId *site);
gboolean limber_standing_check        (LimberReader *reader, const LimberAuthor *author, LimberAction action, const LimberId *site, GError **error);
gboolean limber_standing_check_here   (LimberReader *reader, const LimberAuthor *author, LimberAction action, GError **error);
gboolean limber_standing_check_decision (LimberReader *reader, const LimberAuthor *author, LimberAction action, const char *kind, GError **error);
gboolean limber_standing_check_person (LimberReader *reader, const LimberAuthor *author, LimberAction action, const LimberId *patient, GError **error);
gboolean limber_standing_is_over      (const LimberRecord *staff, gint64 now);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberStanding, limber_standing_clear)

G_END_DECLS

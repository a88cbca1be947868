/* LimberShifts: whose work is open at this desk. One of them is in the window; the others' are parked, each as its owner left it, in no
 * window, so that neither a key nor a screen reader reaches it, and nobody else sees it. Whoever has left loses hers. */
#pragma once

#include "limber-work-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SHIFTS (limber_shifts_get_type ())
G_DECLARE_FINAL_TYPE (LimberShifts, limber_shifts, LIMBER, SHIFTS, GObject)

LimberShifts   *limber_shifts_new        (void);
LimberWorkPage *limber_shifts_begin      (LimberShifts *shifts, LimberStore *store, LimberStaffMember *member);
void            limber_shifts_end        (LimberShifts *shifts, LimberWorkPage *page);
void            limber_shifts_end_all    (LimberShifts *shifts);
void            limber_shifts_check      (LimberShifts *shifts);
gboolean        limber_shifts_has        (LimberShifts *shifts, const LimberId *staff);
guint           limber_shifts_count      (LimberShifts *shifts);
void            limber_shifts_set_asker  (LimberShifts *shifts, const LimberAsker *asker);
void            limber_shifts_set_site   (LimberShifts *shifts, const char *name);
void            limber_shifts_show_sync  (LimberShifts *shifts, const LimberSyncFacts *facts, gint64 now);

/* Signal "over" (LimberWorkPage *page): its owner may be here no more; its work is ended after that. */

G_END_DECLS

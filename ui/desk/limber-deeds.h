/* LimberDeeds: what somebody at work does, one act after another, and the way back through them. */
#pragma once

#include "limber-act.h"
#include "limber-day.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_DEEDS (limber_deeds_get_type ())
G_DECLARE_FINAL_TYPE (LimberDeeds, limber_deeds, LIMBER, DEEDS, GObject)

LimberDeeds *limber_deeds_new      (LimberStore *store, LimberStaffMember *member, LimberDay *day);
void         limber_deeds_do       (LimberDeeds *deeds, LimberAct act, const LimberId *id, const char *name);
void         limber_deeds_merge    (LimberDeeds *deeds, const LimberId *keep, const LimberId *other, gboolean anyway, const char *name);
void         limber_deeds_say      (LimberDeeds *deeds, const LimberActing *acting, const char *name);
void         limber_deeds_undo     (LimberDeeds *deeds);
gboolean     limber_deeds_can_undo (LimberDeeds *deeds);

/* Signals:
 *   "changed": what can be taken back has changed
 *   "done" (gboolean undoable, string text): something is done and saved, as text says, and on the day's list
 *   "ended" (LimberAct act, LimberId *id, gboolean done): an act is carried out, or was refused; comes before "done" or "failed"
 *   "failed" (LimberId *id, string text): something was refused, and why; nothing was changed */

G_END_DECLS

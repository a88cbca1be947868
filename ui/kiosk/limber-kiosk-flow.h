/* LimberKioskFlow: which page comes next, and what is known of the person in front of the screen. It forgets her when she
 * has finished, gone away, or when the next one scans a letter. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_FLOW (limber_kiosk_flow_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskFlow, limber_kiosk_flow, LIMBER, KIOSK_FLOW, GObject)

LimberKioskFlow *limber_kiosk_flow_new         (LimberEnv *env);
void             limber_kiosk_flow_set_store   (LimberKioskFlow *flow, LimberStore *store, const char *reason);
void             limber_kiosk_flow_set_times   (LimberKioskFlow *flow, guint idle, guint done, guint minimum);
GActionGroup    *limber_kiosk_flow_actions     (LimberKioskFlow *flow);
LimberKioskPage *limber_kiosk_flow_get_page    (LimberKioskFlow *flow);
LimberKioskPage *limber_kiosk_flow_look_ahead  (LimberKioskFlow *flow);
gboolean         limber_kiosk_flow_may_speak   (LimberKioskFlow *flow);
const char      *limber_kiosk_flow_get_site    (LimberKioskFlow *flow);
void             limber_kiosk_flow_back        (LimberKioskFlow *flow);
void             limber_kiosk_flow_scan        (LimberKioskFlow *flow, const char *code);
void             limber_kiosk_flow_touch       (LimberKioskFlow *flow);
void             limber_kiosk_flow_tick        (LimberKioskFlow *flow);
void             limber_kiosk_flow_ask_to_exit (LimberKioskFlow *flow);

/* Properties: "page" (LimberKioskPage), notified when another comes.
 * Signals: "wiped": everything of the person before has been forgotten; "leave": staff gave the site's closing code. */

G_END_DECLS

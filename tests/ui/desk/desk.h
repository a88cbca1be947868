/* The desk's window for a test: somebody at it, what she does, and what is in sight. */
#pragma once

#include "limber-test.h"
#include "limber-visit.h"
#include "limber-window.h"

G_BEGIN_DECLS

typedef struct {
  TestClock     clock;
  LimberEnv    *env;
  char         *dir;
  LimberStore  *store;
  LimberWindow *window;
  const char   *text;   /* what a condition looks for */
  guint         n;
} Desk;

typedef gboolean (*DeskMatch) (GtkWidget *widget, gconstpointer what);

gboolean desk_can_see (gpointer data);
gboolean desk_cannot_see (gpointer data);
GtkEditable *desk_search_box (Desk *desk);
gboolean desk_has_n_rows (gpointer data);
char *desk_name_at (Desk *desk, guint position);
gboolean desk_first_is (gpointer data);
char *desk_status_of (Desk *desk, const char *visit);
void desk_begin (void);
void desk_set_up (Desk *desk, gboolean with_pins, guint appointments);
void desk_give_pin (Desk *desk, const char *pin);
void desk_sign_in (Desk *desk);
void desk_start_work (Desk *desk, guint appointments);
void desk_tear_down (Desk *desk);
gboolean desk_is_of_type (GtkWidget *widget, gconstpointer type);
const char *desk_text_of (GtkWidget *widget);
gboolean desk_says (GtkWidget *widget, const char *text);
gboolean desk_is_button (GtkWidget *widget, gconstpointer label);
LimberVisit *desk_selected (Desk *desk);
void desk_select (Desk *desk, const char *visit);
void desk_act (Desk *desk, const char *action);
void desk_act_in (Desk *desk, const char *type, const char *action);
void desk_go (Desk *desk, const char *target);
void desk_press (Desk *desk, const char *label);
void desk_enter (Desk *desk);
GtkWidget *desk_find (Desk *desk, DeskMatch match, gconstpointer what);
void desk_type (Desk *desk, const char *text);
void desk_type_detail (Desk *desk, const char *field, const char *text);
GListModel *desk_list (Desk *desk);

#define SEES(desk_, text_) G_STMT_START { (desk_)->text = (text_); g_assert_true (test_wait (desk_can_see, desk_)); } G_STMT_END
#define SEES_NOT(desk_, text_) G_STMT_START { (desk_)->text = (text_); g_assert_true (test_wait (desk_cannot_see, desk_)); } G_STMT_END
#define STATUS_IS(desk_, visit_, word_) G_STMT_START { g_autofree char *status = desk_status_of (desk_, visit_); g_assert_cmpstr (status, ==, word_); } G_STMT_END

G_END_DECLS

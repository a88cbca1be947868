/* LimberBoard: what the waiting-room screen has to say now, from what its store holds: who is called, who was, which class is
 * where, who runs late, and whether its node can be reached. Nothing of a person stays longer than the site has it. */
#pragma once

#include "limber-client.h"
#include "limber-row.h"

G_BEGIN_DECLS

/* So many of those who were called before. */
#define LIMBER_BOARD_RECENT 5

#define LIMBER_TYPE_BOARD (limber_board_get_type ())
G_DECLARE_FINAL_TYPE (LimberBoard, limber_board, LIMBER, BOARD, GObject)

LimberBoard *limber_board_new          (LimberEnv *env);
void         limber_board_set_store    (LimberBoard *board, LimberStore *store, LimberClient *client);
void         limber_board_tick         (LimberBoard *board);
LimberRow   *limber_board_get_now      (LimberBoard *board);
GPtrArray   *limber_board_get_recent   (LimberBoard *board);
GPtrArray   *limber_board_get_notices  (LimberBoard *board);
const char  *limber_board_get_site     (LimberBoard *board);
guint        limber_board_get_volume   (LimberBoard *board);
gboolean     limber_board_is_connected (LimberBoard *board);

/* Signals: "changed"; "called" (LimberRow *call): somebody is called, just now. */

G_END_DECLS
